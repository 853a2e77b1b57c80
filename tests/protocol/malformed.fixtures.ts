import { z } from 'zod';

/** Something that the schema refuses, and what was done to a sound one to get it. */
export type Malformed = { how: string; value: unknown };

type Json = z.core.JSONSchema.BaseSchema;
type Random = () => number;
type Node = { holder: Record<string, unknown>; key: string };

/** Numbers from 0 up to 1, the same ones for the same seed. */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function pick<T>(from: readonly T[], random: Random): T {
  return from[Math.floor(random() * from.length)] as T;
}

/** Values that follow from the schema by damaging sound ones: endless, and for one seed always the same. */
export function* malformed(schema: z.ZodType, seed: number, damages: Record<string, Damage>): Generator<Malformed> {
  const random = seeded(seed);
  const json = z.toJSONSchema(schema, { io: 'input' });
  const names = Object.keys(damages);
  for (let count = 0; ; count += 1) {
    const how = [names[count % names.length] ?? ''];
    // Now and then two faults at once.
    if (random() < 0.15) how.push(pick(names, random));
    const root: Record<string, unknown> = { value: soundOne(schema, json, random) };
    for (const name of how) damages[name]?.(pick(nodesOf(root), random), random);
    if (!schema.safeParse(travelled(root['value'])).success) yield { how: how.join(' + '), value: root['value'] };
  }
}

/** A value that the schema accepts. Throws when none can be made: a schema of a new kind then needs a new case below. */
function soundOne(schema: z.ZodType, json: Json, random: Random): unknown {
  const value = sample(json, random);
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new Error(`no sound value for ${JSON.stringify(json)}: ${parsed.error.message}`);
  return value;
}

const TEXTS = ['a', 'Maya', 'device-1', 'kinroom:1.2_3', 'x'.repeat(43)];

function sample(json: Json, random: Random): unknown {
  const one = pick([...(json.oneOf ?? []), ...(json.anyOf ?? [])], random) as Json | undefined;
  if (one !== undefined) return sample(one, random);
  if (json.const !== undefined) return json.const;
  if (json.enum !== undefined) return pick(json.enum, random);
  switch (json.type) {
    case 'null':
      return null;
    case 'boolean':
      return random() < 0.5;
    case 'integer':
    case 'number':
      return Math.max(json.minimum ?? 0, Math.min(json.maximum ?? 1_000, Math.floor(random() * 50)));
    case 'string': {
      const pattern = new RegExp(json.pattern ?? '', 'u');
      const fits = (text: string) => pattern.test(text) && text.length <= (json.maxLength ?? Infinity);
      return pick(TEXTS.filter(fits), random);
    }
    case 'array': {
      if (json.prefixItems !== undefined) return json.prefixItems.map((item) => sample(item as Json, random));
      const least = json.minItems ?? 0;
      const length = least + Math.floor(random() * Math.min(4, (json.maxItems ?? least + 4) - least));
      return Array.from({ length }, () => sample(json.items as Json, random));
    }
    case 'object': {
      const value: Record<string, unknown> = {};
      for (const [key, property] of Object.entries(json.properties ?? {})) {
        const needed = json.required?.includes(key) ?? false;
        if (needed || random() < 0.5) value[key] = sample(property as Json, random);
      }
      return value;
    }
    default:
      throw new Error(`no sample for ${JSON.stringify(json)}`);
  }
}

/** What arrives of a value: JSON has no NaN, no undefined and no functions; bytes travel beside it as they are. */
export function travelled(value: unknown): unknown {
  if (value instanceof Uint8Array) return value;
  if (Array.isArray(value)) return value.map((item) => (item === undefined ? null : travelled(item)));
  if (typeof value === 'number' && !Number.isFinite(value)) return null;
  if (typeof value !== 'object' || value === null) return value;
  const copy: object = {};
  for (const [key, item] of Object.entries(value)) {
    if (item !== undefined) Object.defineProperty(copy, key, own(travelled(item)));
  }
  return copy;
}

/** Every place in a value, with what holds it. */
function nodesOf(root: Record<string, unknown>): Node[] {
  const nodes: Node[] = [];
  const visit = (holder: Record<string, unknown>, key: string): void => {
    nodes.push({ holder, key });
    const value = holder[key];
    if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return;
    for (const inner of Object.keys(value).slice(0, 100)) visit(value as Record<string, unknown>, inner);
  };
  visit(root, 'value');
  return nodes;
}

function own(value: unknown): PropertyDescriptor {
  return { value, enumerable: true, configurable: true, writable: true };
}

type Damage = (node: Node, random: Random) => void;

function into(make: (random: Random, before: unknown) => unknown): Damage {
  // A copy, or damage done to it later would go on into the next messages.
  return ({ holder, key }, random) => {
    Object.defineProperty(holder, key, own(structuredClone(make(random, holder[key]))));
  };
}

/** An object at or around the place gets another property. */
function entry(make: (random: Random) => [string, unknown]): Damage {
  return ({ holder, key }, random) => {
    const value = holder[key];
    const target = typeof value === 'object' && value !== null && !(value instanceof Uint8Array) ? value : null;
    const [name, content] = structuredClone(make(random));
    if (target === null || Array.isArray(target)) Object.defineProperty(holder, key, own({ [name]: content }));
    else Object.defineProperty(target, name, own(content));
  };
}

const OTHERS = [true, false, 0, 1, -1, 'text', '', [], {}, [[]], [null], { a: 1 }, null, '0', 'null', 'true'];
const NUMBERS = [1e308, -1e308, 2 ** 53, 2 ** 31, -1, 0.5, -0, 1e21, Number.MIN_VALUE, Number.NaN, Infinity, -Infinity];
const ODD_TEXTS = [
  '\ud800',
  'a\udfff',
  '\u0000',
  'Maya\u0000',
  '\u202egnaM',
  '\u2028',
  'a\nb',
  'a\n',
  '🧸🧸🧸',
  'ﷺ'.repeat(50),
  'e\u0301'.repeat(50),
  'Z͑ͫ̓ͪ̂ͫ̽͏̴',
  "'; DROP TABLE people; --",
  '../../../etc/passwd',
  '${7*7}{{7*7}}',
  '<script>alert(1)</script>',
  '__proto__',
  '%00%2e%2e',
];
const PROTOTYPE_KEYS = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'toJSON',
  'then',
  'length',
];

export const damages: Record<string, Damage> = {
  'another type': into((random) => pick(OTHERS, random)),
  nothing: into(() => null),
  missing: ({ holder, key }) => void (Array.isArray(holder) ? holder.splice(Number(key), 1) : delete holder[key]),
  'one more': entry((random) => [pick(['more', 'type2', 'commandid', 'seq', '0', ''], random), pick(OTHERS, random)]),
  'a prototype key': entry((random) => [
    pick(PROTOTYPE_KEYS, random),
    pick([{ admin: true }, null, 'x', [], 1], random),
  ]),
  'a strange number': into((random) => pick(NUMBERS, random)),
  'a long text': into((random) =>
    pick(['x', '🧸', '\u0000', 'ab.'], random).repeat(201 + Math.floor(random() * 3_000)),
  ),
  'an odd text': into((random) => pick(ODD_TEXTS, random)),
  'deep nesting': into((random) => nested(1 + Math.floor(random() * 1_500), random() < 0.5)),
  'a long list': into((random, before) => {
    const item: unknown = Array.isArray(before) ? before[0] : before;
    return Array.from({ length: 65 + Math.floor(random() * 40) }, () => structuredClone(item));
  }),
  'a list around it': into((_random, before) => [before]),
  'an object around it': into((_random, before) => ({ value: before })),
};

/** What only a socket can carry. */
export const socketDamages: Record<string, Damage> = {
  ...damages,
  bytes: into((random) => Buffer.alloc(Math.floor(random() * 64), 7)),
  'bytes deep inside': entry(() => ['more', [{ bytes: Buffer.from('Maya') }]]),
};

function nested(depth: number, asLists: boolean): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level += 1) value = asLists ? [value] : { a: value };
  return value;
}
