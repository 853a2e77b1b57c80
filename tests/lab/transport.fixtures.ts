import type { Page } from 'playwright-core';

type Hooked = Window & { connections: RTCPeerConnection[] };

/** How media travel on the page's open connections now, e.g. `udp`; empty while there is no connection. */
export async function transports(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const open = (window as unknown as Hooked).connections.filter(
      ({ connectionState }) => connectionState === 'connected',
    );
    const reports = await Promise.all(open.map((connection) => connection.getStats()));
    const used = reports.flatMap((report) => {
      const found: string[] = [];
      report.forEach((entry: { type: string; selectedCandidatePairId?: string }) => {
        if (entry.type !== 'transport' || entry.selectedCandidatePairId === undefined) return;
        const pair = report.get(entry.selectedCandidatePairId) as { localCandidateId: string } | undefined;
        const local = pair && (report.get(pair.localCandidateId) as { protocol?: string } | undefined);
        if (local?.protocol) found.push(local.protocol);
      });
      return found;
    });
    return [...new Set(used)];
  });
}

/** Sound that the page was to play since its connections began, in samples. */
export type Heard = { total: number; concealed: number; silent: number };

/** What was heard on the open connections; `concealed` was made up for lost sound, `silent` of it was silence anyway. */
export async function heard(page: Page): Promise<Heard> {
  return page.evaluate(async () => {
    const sum = { total: 0, concealed: 0, silent: 0 };
    for (const connection of (window as unknown as Hooked).connections) {
      if (connection.connectionState === 'closed') continue;
      const report = await connection.getStats();
      report.forEach((entry: Record<string, number | string>) => {
        if (entry['type'] !== 'inbound-rtp' || entry['kind'] !== 'audio') return;
        sum.total += Number(entry['totalSamplesReceived'] ?? 0);
        sum.concealed += Number(entry['concealedSamples'] ?? 0);
        sum.silent += Number(entry['silentConcealedSamples'] ?? 0);
      });
    }
    return sum;
  });
}
