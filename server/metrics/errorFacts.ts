/** What a log may say of an error. */
export type ErrorFacts = { name: string; code?: string; frames: string[]; cause?: ErrorFacts };

const MOST_FRAMES = 12;
const MOST_CAUSES = 3;

/**
 * An error without its message: its kind, its code and where in the code it happened. A message quotes what was being
 * worked on (a driver its row, JSON.parse the text it read, LiveKit an identity), and nobody can tell beforehand which
 * ones hold a name or a token. Kind, code and place are what it takes to find the fault.
 */
export function errorFacts(error: unknown, depth = 0): ErrorFacts {
  if (!(error instanceof Error)) return { name: `thrown ${typeof error}`, frames: [] };
  const facts: ErrorFacts = { name: word(error.name) ?? 'Error', frames: framesOf(error) };
  const code = 'code' in error ? word(error.code) : null;
  if (code !== null) facts.code = code;
  if (error.cause !== undefined && depth < MOST_CAUSES) facts.cause = errorFacts(error.cause, depth + 1);
  return facts;
}

/** Codes and kinds are one short word: SQLITE_BUSY, 23505, TypeError. */
function word(value: unknown): string | null {
  return (typeof value === 'string' || typeof value === 'number') && /^\w{1,40}$/.test(`${value}`) ? `${value}` : null;
}

/**
 * The stack's frames, each as `function file:line:column` with the last two parts of the path. The message, which may
 * have lines that look like frames, is cut off by its length first.
 */
function framesOf({ stack = '', message }: Error): string[] {
  const at = message === '' ? 0 : stack.indexOf(message);
  // Somebody changed the message after the stack was made: then nothing tells the two apart.
  if (at < 0) return [];
  const frames: string[] = [];
  for (const line of stack.slice(at + message.length).split('\n')) {
    const found = /^ {4}at (?:(?:async |new )?([\w.<>$# ]+) \()?(?:file:\/\/)?([^()\s]+:\d+:\d+)\)?$/.exec(line);
    if (found?.[2] === undefined) continue;
    const place = found[2].split('/').slice(-2).join('/');
    frames.push(found[1] === undefined ? place : `${found[1]} ${place}`);
    if (frames.length === MOST_FRAMES) break;
  }
  return frames;
}
