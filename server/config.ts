import { isIP } from 'node:net';
import { resolve } from 'node:path';

/** How to reach the SFU: `url` is ws(s) for browsers, `apiUrl` http(s) for the server; neither ends in a slash. */
export type LivekitConfig = { url: string; apiUrl: string; apiKey: string; apiSecret: string };

export type Config = {
  /** 0 means any free port. */
  port: number;
  /** Absolute. */
  dataFolder: string;
  /** Origin of PUBLIC_URL, without a slash at its end. */
  publicUrl: string | null;
  /** Where people open the pages: the public URL, or this computer. */
  origin: string;
  /** An empty data folder gets the demo course. */
  demo: boolean;
  /** null: the launcher brings an SFU of its own and passes LIVEKIT_* on. */
  livekit: LivekitConfig | null;
  /** The address browsers send media to, when it isn't one of this computer's own (NODE_IP). */
  nodeIp: string | null;
  /** postgres://…; null: SQLite in the data folder. */
  databaseUrl: string | null;
  /** redis://… or rediss://…; null: this server is the only one. */
  redisUrl: string | null;
  /** What a reader of /metrics must bring; null: only this computer and private networks may read them. */
  metricsToken: string | null;
};

const DEFAULT_PORT = 3000;

const MIN_TOKEN_LENGTH = 16;

/** LiveKit signs with HMAC-SHA256 and refuses shorter secrets. */
const MIN_SECRET_LENGTH = 32;

type Read = (name: string) => string | null;
type Report = (problem: string) => null;

/**
 * The configuration that the environment describes, or every problem in it, each a sentence that says what to do.
 * An empty variable counts as not set.
 */
export function readConfig(env: NodeJS.ProcessEnv): { config: Config } | { problems: string[] } {
  const problems: string[] = [];
  const report: Report = (problem) => {
    problems.push(problem);
    return null;
  };
  const read: Read = (name) => env[name]?.trim() || null;

  const port = readPort(read, report) ?? DEFAULT_PORT;
  const publicUrl = readPublicUrl(read, report);
  const livekit = readLivekit(read, report);
  const nodeIp = read('NODE_IP');

  if (nodeIp !== null && isIP(nodeIp) !== 4) {
    report(`NODE_IP is “${nodeIp}”, which is not an IPv4 address. Set it to the address browsers send media to.`);
  }
  const databaseUrl = readService('DATABASE_URL', ['postgres:', 'postgresql:'], read, report);
  const redisUrl = readService('REDIS_URL', ['redis:', 'rediss:'], read, report);
  const metricsToken = read('METRICS_TOKEN');
  if (metricsToken !== null && metricsToken.length < MIN_TOKEN_LENGTH) {
    report(`METRICS_TOKEN has ${metricsToken.length} characters. Use one of at least ${MIN_TOKEN_LENGTH}.`);
  }
  if (publicUrl?.startsWith('https:') && livekit?.url.startsWith('ws:') && !isThisComputer(livekit.url)) {
    report('LIVEKIT_URL begins with ws:, which browsers refuse on an https page. Give it a wss: address.');
  }
  if (problems.length > 0) return { problems };

  // Under `npm run dev` the pages come from Vite's port, not from the server's own.
  const pagesOrigin = read('KINROOM_PAGES_ORIGIN') ?? `http://localhost:${port}`;
  return {
    config: {
      port,
      dataFolder: resolve(read('KINROOM_DATA') ?? 'data'),
      publicUrl,
      origin: publicUrl ?? pagesOrigin,
      demo: publicUrl === null,
      livekit,
      nodeIp,
      databaseUrl,
      redisUrl,
      metricsToken,
    },
  };
}

function readPort(read: Read, report: Report): number | null {
  const text = read('PORT');
  if (text === null) return null;
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  return report(`PORT is “${text}”. Set it to a whole number from 0 to 65535 (0 takes any free port), e.g. PORT=3000.`);
}

function readPublicUrl(read: Read, report: Report): string | null {
  const text = read('PUBLIC_URL');
  if (text === null) return null;
  const url = parseUrl(text, ['https:', 'http:']);
  if (url === null || url.pathname !== '/' || url.search !== '' || url.hash !== '' || url.username !== '') {
    return report(
      `PUBLIC_URL is “${withoutPassword(text)}”. Set it to the address people open, without a path, e.g. https://rooms.example.org`,
    );
  }
  return url.origin;
}

/** The address of a database or of Redis, as it came: its driver reads what else stands in it. */
function readService(name: string, protocols: string[], read: Read, report: Report): string | null {
  const text = read(name);
  if (text === null) return null;
  if (parseUrl(text, protocols) !== null) return text;
  const example = `${protocols[0]}//user:password@host/name`;
  return report(`${name} is “${withoutPassword(text)}”. Set it to an address like ${example}, or unset it.`);
}

function readLivekit(read: Read, report: Report): LivekitConfig | null {
  const names = ['LIVEKIT_URL', 'LIVEKIT_API_KEY', 'LIVEKIT_API_SECRET'] as const;
  const given = names.filter((name) => read(name) !== null);
  if (given.length === 0) {
    if (read('LIVEKIT_API_URL') === null) return null;
    return report(
      'LIVEKIT_API_URL is set without LIVEKIT_URL. Set LIVEKIT_URL with its key and secret too, or unset it.',
    );
  }
  const missing = names.filter((name) => read(name) === null);
  if (missing.length > 0) {
    const verb = given.length === 1 ? 'is' : 'are';
    report(
      `${given.join(' and ')} ${verb} set without ${missing.join(' and ')}. Set all three to use that LiveKit server, or none and Kinroom brings its own.`,
    );
  }
  const apiSecret = read('LIVEKIT_API_SECRET');
  if (apiSecret !== null && apiSecret.length < MIN_SECRET_LENGTH) {
    report(`LIVEKIT_API_SECRET has ${apiSecret.length} characters. Use a secret of at least ${MIN_SECRET_LENGTH}.`);
  }
  const url = readLivekitUrl('LIVEKIT_URL', read, report);
  const apiUrl = readLivekitUrl('LIVEKIT_API_URL', read, report) ?? url;
  const apiKey = read('LIVEKIT_API_KEY');
  if (url === null || apiUrl === null || apiKey === null || apiSecret === null) return null;
  return { url: url.replace(/^http/, 'ws'), apiUrl: apiUrl.replace(/^ws/, 'http'), apiKey, apiSecret };
}

function readLivekitUrl(name: string, read: Read, report: Report): string | null {
  const text = read(name);
  if (text === null) return null;
  const url = parseUrl(text, ['wss:', 'ws:', 'https:', 'http:']);
  if (url === null || url.search !== '' || url.hash !== '' || url.username !== '') {
    return report(
      `${name} is “${withoutPassword(text)}”. Set it to the LiveKit server's address, e.g. wss://livekit.example.org`,
    );
  }
  return `${url.protocol}//${url.host}${url.pathname.replace(/\/+$/, '')}`;
}

function parseUrl(text: string, protocols: string[]): URL | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  return protocols.includes(url.protocol) && url.hostname !== '' ? url : null;
}

/** The text without what stands before an @, which may be a password: it is going to be printed. */
function withoutPassword(text: string): string {
  return text.replace(/\/\/.*@/, '//…@');
}

function isThisComputer(url: string): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(new URL(url).hostname);
}
