import type { Item, Mark, Outcome } from './checkWords.ts';

export const outcomeTitles: Record<Outcome, string> = {
  ready: 'You are ready',
  soundFirst: 'It will work, with sound first',
  inTheWay: 'Something is in the way',
};

const marks: Record<Mark, string> = { open: '–', running: '–', ok: 'ok', look: 'look', bad: 'bad' };

/**
 * The result for whoever helps, as plain text: what works, which browser, and when. Nothing of it says who the person is
 * or where: no name, no address, no device's label.
 */
export function reportText(outcome: Outcome, items: Item[], userAgent: string, when: Date): string {
  const lines = items.map(({ title, mark, text }) => `[${marks[mark]}] ${title}: ${text}`);
  const time = when.toISOString().slice(0, 16).replace('T', ' ');
  return [`Kinroom connection test: ${outcomeTitles[outcome]}`, ...lines, `${browserOf(userAgent)}, ${time} UTC`].join(
    '\n',
  );
}

const browsers: [RegExp, string][] = [
  [/Edg(?:iOS|A)?\/(\d+)/, 'Edge'],
  [/(?:Firefox|FxiOS)\/(\d+)/, 'Firefox'],
  [/(?:Chrome|CriOS)\/(\d+)/, 'Chrome'],
  [/Version\/(\d+)[\d.]* .*Safari\//, 'Safari'],
];

const systems: [RegExp, string][] = [
  [/iPhone|iPad/, 'iOS'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/CrOS/, 'ChromeOS'],
  [/Linux/, 'Linux'],
];

/** The kind of browser and system, and no more of them than helps: `Firefox 149 on Windows`. */
export function browserOf(userAgent: string): string {
  const browser = browsers.find(([mark]) => mark.test(userAgent));
  const version = browser === undefined ? '' : ` ${browser[0].exec(userAgent)?.[1] ?? ''}`;
  const system = systems.find(([mark]) => mark.test(userAgent))?.[1];
  return `${browser?.[1] ?? 'Another browser'}${version}${system === undefined ? '' : ` on ${system}`}`;
}
