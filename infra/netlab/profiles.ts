/** What a family's line does to what passes through it. */
export type LineProfile = {
  /** Of every hundred packets, how many are lost on the way, each way. At most one decimal. */
  lossPercent: number;
  /** Many offices, clinics and hotels let no UDP through. */
  udp: 'open' | 'blocked';
};

export const goodLine: LineProfile = { lossPercent: 0, udp: 'open' };
export const udpBlocked: LineProfile = { lossPercent: 0, udp: 'blocked' };

/** A line that loses packets at random, this many of a hundred. */
export function lossy(lossPercent: number): LineProfile {
  return { ...goodLine, lossPercent };
}

/** Media that arrive this much later (ms), each way, give or take `jitter`. */
export type Delay = { delay: number; jitter: number };

/**
 * The rules of a profile as a script for `nft -f`, which puts them in place of the ones before in one step. They stand at
 * the router's two sides, where each packet arrives once.
 */
export function lineRules({ lossPercent, udp }: LineProfile): string {
  const rules = [
    ...(udp === 'blocked' ? ['meta l4proto udp drop'] : []),
    ...(lossPercent > 0 ? [`numgen random mod 1000 < ${Math.round(lossPercent * 10)} drop`] : []),
  ];
  return script(
    'inet line',
    rules.map((rule) => `iifname { "lan", "wan" } ${rule}`),
    'filter hook prerouting priority -300',
  );
}

/** Sends the device's media, whose way out is UDP to this port, through a relay on the router instead. Null: straight. */
export function detourRules(detour: { port: number; relay: number } | null): string {
  const rules = detour === null ? [] : [`iifname "lan" udp dport ${detour.port} redirect to :${detour.relay}`];
  return script('ip detour', rules, 'nat hook prerouting priority -100');
}

/** Declared, deleted and filled: the first line lets the second one work also when the table is not there yet. */
function script(table: string, rules: string[], chain: string): string {
  const lines = [`type ${chain};`, ...rules].map((line) => `    ${line}`);
  return [
    `table ${table}`,
    `delete table ${table}`,
    `table ${table} {`,
    '  chain arrive {',
    ...lines,
    '  }',
    '}',
    '',
  ].join('\n');
}
