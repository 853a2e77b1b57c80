import { createHmac, randomBytes } from 'node:crypto';
import { pino, type DestinationStream } from 'pino';
import { errorFacts } from './errorFacts.ts';

/** Everything that a line can be about. */
export type LogEvent =
  | 'started'
  | 'stopping'
  | 'failed'
  | 'crashed'
  | 'httpRequest'
  | 'message'
  | 'socketIn'
  | 'socketGone'
  | 'socketTurnedAway'
  | 'partUp'
  | 'partDown';

/**
 * Everything that a line can say beside it. Words are constants of our own code (a route's pattern, a command's type, a
 * refusal's code): nothing that a person wrote, is called, or can be reached by has a field.
 */
export type LogFields = {
  method?: string;
  /** The route's pattern, e.g. /api/seats/:personId; never the address that was asked for. */
  route?: string;
  status?: number;
  ms?: number;
  message?: string;
  outcome?: string;
  code?: string;
  kind?: string;
  part?: string;
  /** The session's id: written as a tag that tells its lines from those of others, until this process ends. */
  session?: string;
  error?: unknown;
};

type LogLevel = 'debug' | 'info' | 'warn' | 'error';
export type Log = Record<LogLevel, (event: LogEvent, fields?: LogFields) => void>;

/** As long as our longest word, and shorter than any token. */
const LONGEST_WORD = 40;

/**
 * The one place that makes a logger: JSON lines that hold an event and the fields above, whatever else they are given.
 * `level` is LOG_LEVEL: one of pino's, or `silent`; anything else counts as `warn`.
 */
export function openLog(level: string | undefined, destination: DestinationStream = pino.destination(1)): Log {
  const known = level !== undefined && (level === 'silent' || Object.hasOwn(pino.levels.values, level));
  const sink = pino(
    {
      level: known ? level : 'warn',
      // Without pino's `hostname`: a computer is often called after its owner.
      base: { pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      messageKey: 'event',
    },
    destination,
  );
  const write = writers();
  function at(name: LogLevel): Log[LogLevel] {
    return (event, fields = {}) => {
      if (sink.isLevelEnabled(name)) sink[name](only(fields, write), event);
    };
  }
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

type Writers = Record<keyof LogFields, (value: unknown) => unknown>;

/** How each field is written. What has no writer is not written. */
function writers(): Writers {
  const key = randomBytes(32);
  const tag = (id: unknown): string => createHmac('sha256', key).update(String(id)).digest('hex').slice(0, 8);
  return {
    method: word,
    route: word,
    status: number,
    ms: number,
    message: word,
    outcome: word,
    code: word,
    kind: word,
    part: word,
    session: tag,
    error: (error) => errorFacts(error),
  };
}

function only(fields: LogFields, write: Writers): Record<string, unknown> {
  const line: Record<string, unknown> = {};
  for (const [field, writer] of Object.entries(write)) {
    const value = fields[field as keyof LogFields];
    if (value !== undefined) line[field] = writer(value);
  }
  return line;
}

function word(value: unknown): string {
  const fits = typeof value === 'string' && value.length <= LONGEST_WORD && /^[\w/:.*-]+$/.test(value);
  return fits ? value : '?';
}

function number(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? Math.round(value * 10) / 10 : null;
}
