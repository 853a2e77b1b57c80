import { z } from 'zod';
import { id } from './session/commands.schema.ts';
import type { ConnectionTestBody, EnrolBody, OpenLinkBody } from './api.ts';

/** A link's token. Whatever the text is, it is looked up by its hash, so it is only kept short here. */
const token = z.string().min(1).max(200);

/** A first name as people write it: any script, no control characters, trimmed. */
const name = z
  .string()
  .trim()
  .min(1)
  .max(40)
  .regex(/^[^\p{C}<>]+$/u);

export const openLinkBody = z.strictObject({ token, personId: id.optional() }) satisfies z.ZodType<Loose<OpenLinkBody>>;

export const enrolBody = z.strictObject({
  token,
  deviceId: id,
  name: name.optional(),
  personId: id.optional(),
}) satisfies z.ZodType<Loose<EnrolBody>>;

export const connectionTestBody = z.strictObject({ ends: z.literal(2) }) satisfies z.ZodType<ConnectionTestBody>;

/** zod gives `undefined` for a property that is not there; the bodies' types leave it out. */
type Loose<T> = { [K in keyof T]: T[K] | (undefined extends T[K] ? undefined : never) };
