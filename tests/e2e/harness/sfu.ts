import { spawn, type ChildProcess } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { fileURLToPath } from 'node:url';
import { AccessToken, RoomServiceClient, TrackSource, type VideoGrant } from 'livekit-server-sdk';
import { until } from './until.ts';

const KEY = 'test';
const SECRET = 'a secret for tests that is long enough';

export type Sfu = {
  /** For livekit-client. */
  url: string;
  /** The server's own calls: mute, remove, list. */
  rooms: RoomServiceClient;
  /** A token for one identity in one room, good for a minute; camera and microphone unless the grants say otherwise. */
  mintToken(identity: string, room: string, grants?: VideoGrant): Promise<string>;
  /** Ends the process at once, like a power cut. */
  kill(): Promise<void>;
  /** Starts it again on the same ports. */
  restart(): Promise<void>;
  close(): Promise<void>;
};

/** Starts the real SFU on free ports. Throws with what to do when no binary is there. */
export async function startSfu(): Promise<Sfu> {
  const [port, tcpPort, udpPort] = await Promise.all([freeTcpPort(), freeTcpPort(), freeUdpPort()]);
  const http = `http://127.0.0.1:${port}`;
  const config = {
    port,
    bind_addresses: ['127.0.0.1'],
    // Over TCP, ICE fails with a loopback address; the first pictures wait for key frames that are throttled by default.
    rtc: {
      tcp_port: tcpPort,
      udp_port: udpPort,
      node_ip: outsideAddress(),
      use_external_ip: false,
      pli_throttle: { low_quality: '100ms', mid_quality: '100ms', high_quality: '100ms' },
    },
    keys: { [KEY]: SECRET },
    // A server that asks clients to unmute: they must not obey.
    room: { enable_remote_unmute: true },
    logging: { level: 'error' },
  };
  let child: ChildProcess | null = null;

  async function start(): Promise<void> {
    const started = spawn(binary(), [], {
      env: { ...process.env, LIVEKIT_CONFIG: JSON.stringify(config) },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    child = started;
    let said = '';
    started.stderr.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-2_000)));
    await until('the SFU answers', () => {
      if (started.exitCode !== null) throw new Error(`The SFU ended with code ${started.exitCode}: ${said}`);
      return fetch(http).then(
        ({ ok }) => ok,
        () => false,
      );
    });
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    const ending = child;
    child = null;
    if (!ending || ending.exitCode !== null || ending.signalCode !== null) return;
    ending.kill(signal);
    await once(ending, 'exit');
  }

  function killLeftover(): void {
    child?.kill('SIGKILL');
  }

  await start();
  process.on('exit', killLeftover);
  return {
    url: `ws://127.0.0.1:${port}`,
    rooms: new RoomServiceClient(http, KEY, SECRET),
    async mintToken(identity, room, grants) {
      const token = new AccessToken(KEY, SECRET, { identity, ttl: 60 });
      const canPublishSources = [TrackSource.CAMERA, TrackSource.MICROPHONE];
      token.addGrant({ room, roomJoin: true, canSubscribe: true, canPublish: true, canPublishSources, ...grants });
      return token.toJwt();
    },
    kill: () => end('SIGKILL'),
    restart: start,
    async close() {
      process.off('exit', killLeftover);
      // Asked politely, it waits for its participants to leave.
      await end('SIGKILL');
    },
  };
}

function binary(): string {
  const cached = fileURLToPath(new URL('../../../.cache/livekit/1.13.3/livekit-server', import.meta.url));
  const found = [process.env['LIVEKIT_SERVER_BINARY'], cached].find((path) => path && existsSync(path));
  if (!found) throw new Error('No livekit-server: run `npm start` once, or set LIVEKIT_SERVER_BINARY to its path.');
  return found;
}

function outsideAddress(): string {
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  return addresses.find(({ family, internal }) => family === 'IPv4' && !internal)?.address ?? '127.0.0.1';
}

async function freeTcpPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

async function freeUdpPort(): Promise<number> {
  const socket = createSocket('udp4').bind(0);
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  return port;
}
