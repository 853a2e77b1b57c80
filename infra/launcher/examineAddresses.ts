import { isIP } from 'node:net';
import type { Config } from '../../server/config.ts';
import { mediaPath } from '../livekit/sfuConfig.ts';
import { fix, look, ok, whyNot, type Examined, type Finding } from './findings.ts';

const PATIENCE_MS = 5_000;

type Where = Pick<Config, 'publicUrl' | 'nodeIp' | 'livekit'>;

/** Whether browsers can send media to the address that our own SFU tells them. `found` is what it would tell by itself. */
export function examineMediaAddress({ publicUrl, nodeIp, livekit }: Where, found = mediaPath(null).address): Finding {
  const about = 'NODE_IP';
  if (livekit !== null) {
    if (nodeIp === null) return ok(about, 'Not needed: your own LiveKit server knows its address.');
    return look(about, 'It has no effect with LIVEKIT_URL. Set rtc.node_ip in your LiveKit server’s configuration.');
  }
  const address = nodeIp ?? found;
  if (address.startsWith('127.') || address === '0.0.0.0') {
    const words = `Media is sent to ${address}, which works for browsers on this computer only, and over UDP only.`;
    return nodeIp === null && publicUrl === null
      ? look(about, `${words} This computer has no other address now.`)
      : fix(about, `${words} Set NODE_IP to the address of this computer’s network card, or to its public one.`);
  }
  if (publicUrl !== null && isReachableName(publicUrl) && isPrivate(address)) {
    return look(
      about,
      `Media is sent to ${address}, which only your own network reaches. For people outside, set NODE_IP to the public address and pass on TCP 7881 and UDP 7882.`,
    );
  }
  return ok(about, `Media is sent to ${address}.`);
}

function isReachableName(publicUrl: string): boolean {
  const { hostname } = new URL(publicUrl);
  return hostname !== 'localhost' && !hostname.endsWith('.local') && !isPrivate(hostname);
}

function isPrivate(address: string): boolean {
  return (
    isIP(address) === 4 &&
    /^(127|10|192\.168|169\.254|172\.(1[6-9]|2\d|3[01])|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\./.test(address)
  );
}

/** Whether the address people open leads to this Kinroom, over https, with the media server behind the same proxy. */
export async function examinePublicUrl({ publicUrl, livekit }: Where): Promise<Examined> {
  const about = 'PUBLIC_URL';
  if (publicUrl === null) {
    return {
      findings: [ok(about, 'Not set: pages are for this computer. For others, set it to an https address of a proxy.')],
    };
  }
  const { protocol, hostname } = new URL(publicUrl);
  if (protocol === 'http:' && hostname !== 'localhost' && !hostname.startsWith('127.')) {
    return {
      findings: [fix(about, `${publicUrl} is not https: browsers allow no camera there. See infra/caddy/Caddyfile.`)],
    };
  }
  try {
    const asked = Date.now();
    const response = await fetch(`${publicUrl}/healthz`, {
      signal: AbortSignal.timeout(PATIENCE_MS),
      redirect: 'manual',
    });
    const answer = (await response.json().catch(() => null)) as { ok?: unknown } | null;
    const date = Date.parse(response.headers.get('date') ?? '');
    // That header counts whole seconds.
    const clock = { of: publicUrl, aheadMs: date - (asked + Date.now()) / 2, exactToMs: 1_000 + Date.now() - asked };
    const told = Number.isNaN(date) ? {} : { clock };
    if (response.ok && answer?.ok === true) {
      const findings = [ok(about, `${publicUrl} leads to a Kinroom that runs.`)];
      return { findings: livekit === null ? [...findings, await examineMediaPath(publicUrl)] : findings, ...told };
    }
    if (response.status >= 502 && response.status <= 504) {
      return {
        findings: [look(about, `The proxy at ${publicUrl} answers; Kinroom behind it does not. Is it running?`)],
        ...told,
      };
    }
    return { findings: [fix(about, `${publicUrl} leads to something that is not Kinroom. Check the proxy.`)], ...told };
  } catch (error) {
    return {
      findings: [
        fix(about, `${publicUrl} can’t be reached from here: ${whyNot(error)}. Check DNS, certificate and proxy.`),
      ],
    };
  }
}

/** LiveKit refuses a join without a token with 401; our own pages would say 404. */
async function examineMediaPath(publicUrl: string): Promise<Finding> {
  const about = 'PUBLIC_URL';
  const response = await fetch(`${publicUrl}/rtc/validate`, { signal: AbortSignal.timeout(PATIENCE_MS) });
  await response.arrayBuffer();
  if (response.status === 401) return ok(about, 'Its proxy passes /rtc on to the media server.');
  return fix(
    about,
    `Its proxy does not pass /rtc on to the media server (it says ${response.status}). See infra/caddy/Caddyfile.`,
  );
}
