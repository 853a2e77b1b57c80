import type { Link, ServerMessage } from '../../server/launcherMessages.ts';

const LABEL_WIDTH = 17;

/** The lines that tell where everything is; tests and people rely on their form. */
export function announcement({ url, links, setupLink }: Extract<ServerMessage, { type: 'ready' }>): string {
  const all: Link[] = setupLink === undefined ? links : [...links, { label: 'set-up', url: setupLink }];
  return [`Kinroom is ready at ${url}`, ...all.map(linkLine), ''].join('\n');
}

function linkLine({ label, url }: Link): string {
  return `${label.padEnd(LABEL_WIDTH - 1)} ${url}`;
}
