import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import type { SfuPorts } from '../livekit/sfuConfig.ts';

type Protocol = 'tcp' | 'udp';

/** LiveKit's own defaults. */
const SFU_PORTS: SfuPorts = { http: 7880, tcp: 7881, udp: 7882 };

/** Why a port can't be had: the system's error code (EADDRINUSE, EACCES …), or null when it is free. */
export async function portProblem(port: number, protocol: Protocol = 'tcp'): Promise<string | null> {
  // A wildcard alone misses a listener on 127.0.0.1 on systems that let both stand (macOS).
  for (const host of [undefined, '127.0.0.1']) {
    const taken = await tryPort(port, protocol, host);
    if (typeof taken === 'string') return taken;
  }
  return null;
}

/** A port that is free now. */
export async function freePort(protocol: Protocol = 'tcp'): Promise<number> {
  const port = await tryPort(0, protocol, undefined);
  if (typeof port === 'string') throw new Error(`this computer has no free ${protocol} port (${port})`);
  return port;
}

/** 7880 to 7882, each replaced by a free one where it is taken, so that two copies can run side by side. */
export async function sfuPorts(): Promise<SfuPorts> {
  const ours = async (port: number, protocol: Protocol): Promise<number> =>
    (await portProblem(port, protocol)) === null ? port : freePort(protocol);
  return {
    http: await ours(SFU_PORTS.http, 'tcp'),
    tcp: await ours(SFU_PORTS.tcp, 'tcp'),
    udp: await ours(SFU_PORTS.udp, 'udp'),
  };
}

function tryPort(port: number, protocol: Protocol, host: string | undefined): Promise<number | string> {
  return new Promise((resolve) => {
    const socket = protocol === 'tcp' ? createServer() : createSocket('udp4');
    const bound = (): void => {
      const address = socket.address();
      socket.close(() => resolve(typeof address === 'object' && address !== null ? address.port : port));
    };
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    if ('bind' in socket) socket.bind({ port, address: host, exclusive: true }, bound);
    else socket.listen({ port, host, exclusive: true }, bound);
  });
}
