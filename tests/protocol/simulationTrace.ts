import { createHash } from 'node:crypto';

const LINES_KEPT = 60;

/** What happened in a run: all of it in a hash, the last of it as lines, and the kinds of things that were met. */
export type Trace = {
  line(text: string): void;
  /** Notes that this kind of thing has happened, so that a test can see that it does. */
  meet(what: string): void;
  met: ReadonlySet<string>;
  /** Nothing more is written down. */
  stop(): void;
  hash(): string;
  /** The last lines, short enough to be read. */
  lines(): string[];
};

export function traceOf(now: () => number): Trace {
  const hash = createHash('sha256');
  const met = new Set<string>();
  let lines: string[] = [];
  let stopped = false;
  return {
    line(text) {
      if (stopped) return;
      const line = `${now()} ${text}`;
      hash.update(line);
      if (isChatter(line)) return;
      lines.push(line);
      if (lines.length > 2 * LINES_KEPT) lines = lines.slice(-LINES_KEPT);
    },
    meet: (what) => void met.add(what),
    met,
    stop: () => (stopped = true),
    hash: () => hash.digest('hex'),
    lines: () => lines.slice(-LINES_KEPT).map(shorter),
  };
}

/** What comes every few seconds and says nothing. */
function isChatter(line: string): boolean {
  return line.includes('"name":"clock"') || line.includes('"type":"connected"');
}

/** A line with what its packet is about, without all that it holds. */
function shorter(line: string): string {
  return line
    .replace(/"view":\{"sessionId":"[^"]*","seq":(\d+),.*?"names"/, '"view":$1,"names"')
    .replaceAll(/"(device|roster|names|ticks|box)":\{.*?\}+/g, '"$1":…')
    .replaceAll(/"(sessionId|input|kind)":/g, '')
    .slice(0, 300);
}
