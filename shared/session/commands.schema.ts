import { z } from 'zod';
import type { CommandEnvelope } from './commands.ts';

/** An id or a key as text: short, and nothing but base64url, hex and a few separators. */
export const id = z.string().regex(/^[\w:.-]{1,200}$/);
const audience = z.literal('group');

const deviceCard = z.strictObject({ deviceId: id, signingKey: id, hpkeKey: id, hpkeSignature: id });
const ticks = z.strictObject({ privatePlace: z.boolean(), agreementVersion: z.int().min(0).max(1000) });

const rosterSchema = z.strictObject({
  sessionId: id,
  audience,
  epoch: z.int().min(1).max(100_000),
  version: z.int().min(1).max(100_000),
  previous: id.nullable(),
  secretHash: id,
  devices: z
    .array(
      z.strictObject({
        personId: id,
        deviceId: id,
        side: z.enum(['staff', 'family']),
        signingKey: id,
        hpkeKey: id,
      }),
    )
    .min(1)
    .max(64),
  signedBy: id,
  signature: id,
});

/** Every command as it comes over the socket. The limits are generous for people and small for machines. */
export const commandEnvelope: z.ZodType<CommandEnvelope> = z.strictObject({
  commandId: id,
  command: z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('enter'), device: deviceCard, ticks, takeOver: z.boolean() }),
    z.strictObject({ type: z.literal('openAudience'), audience, roster: rosterSchema }),
    z.strictObject({
      type: z.literal('admit'),
      audience,
      personIds: z.array(id).min(1).max(64),
      roster: rosterSchema,
    }),
    z.strictObject({ type: z.literal('leave') }),
    z.strictObject({ type: z.literal('takeLead') }),
    z.strictObject({ type: z.literal('start') }),
    z.strictObject({ type: z.literal('next'), seen: id }),
    z.strictObject({ type: z.literal('back'), seen: id }),
    z.strictObject({ type: z.literal('addMinutes'), segmentId: id, minutes: z.int().min(1).max(60) }),
    z.strictObject({ type: z.literal('pause') }),
    z.strictObject({ type: z.literal('resume') }),
    z.strictObject({ type: z.literal('end') }),
  ]),
});
