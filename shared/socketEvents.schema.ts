import { z } from 'zod';
import type { SealedBox } from './session/roster.ts';
import { id } from './session/commands.schema.ts';
import type { SocketAuth } from './socketEvents.ts';

export const socketAuth: z.ZodType<SocketAuth> = z.object({
  protocol: z.int(),
  personId: id,
  deviceId: id,
});

export const sequence = z.int().min(0).max(1_000_000_000);
export const audienceId = z.literal('group');
export const rostersAsk = z.strictObject({ audience: audienceId, after: sequence });

const sealed = z.string().regex(/^[\w-]{1,400}$/);

export const sealedBoxes: z.ZodType<SealedBox[]> = z
  .array(
    z.strictObject({
      sessionId: id,
      audience: audienceId,
      epoch: z.int().min(1).max(100_000),
      rosterHash: id,
      to: id,
      from: id,
      encapsulated: sealed,
      ciphertext: sealed,
      signature: sealed,
    }),
  )
  .min(1)
  .max(64);
