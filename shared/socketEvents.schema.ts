import { z } from 'zod';
import type { SealedBox } from './session/roster.ts';
import { commandEnvelope, id } from './session/commands.schema.ts';
import type { ClientToServer, SocketAuth } from './socketEvents.ts';

export const socketAuth: z.ZodType<SocketAuth> = z.object({
  protocol: z.int(),
  personId: id,
  deviceId: id,
});

const sequence = z.int().min(0).max(1_000_000_000);
const audienceId = z.literal('group');
const rostersAsk = z.strictObject({ audience: audienceId, after: sequence });

const sealed = z.string().regex(/^[\w-]{1,400}$/);

const sealedBoxes: z.ZodType<SealedBox[]> = z
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

/** What each message holds before its answer: no more and no less. */
export const messages = {
  command: z.tuple([commandEnvelope]),
  catchUp: z.tuple([sequence]),
  clock: z.tuple([]),
  mediaToken: z.tuple([audienceId]),
  sendBoxes: z.tuple([sealedBoxes]),
  askForKey: z.tuple([audienceId]),
  rosters: z.tuple([rostersAsk]),
  backSoon: z.tuple([z.boolean()]),
} satisfies Record<keyof ClientToServer, z.ZodType>;
