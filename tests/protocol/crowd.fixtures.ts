import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { io, type Socket } from 'socket.io-client';
import { protocolVersion } from '#shared/socketEvents.ts';
import { hashToken, newToken } from '../../server/access/tokens.ts';
import { ensureDemo } from '../../server/demo/demo.ts';
import type { ServerMessage } from '../../server/launcherMessages.ts';
import { addPerson, addDevice } from '../../server/storage/people.ts';
import { demoCourses } from '../../server/storage/courses.ts';
import { openStorage } from '../../server/storage/open.ts';
import { freePort } from '../../server/storage/ports.fixtures.ts';
import { spawnServer, type ServerProcess } from './serverProcess.ts';

/** A member of staff with an enrolled device, and an address of their own behind the proxy. */
export type Seat = { personId: string; deviceId: string; cookie: string; address: string };

export type Crowd = {
  server: Pick<ServerProcess, 'url' | 'token'>;
  /** Nobody of the group: colleagues who stand at the door, each with a limit of messages of their own. */
  seats: Seat[];
  /** Everything there is in the database, as text. */
  dump(): string;
  alive(): Promise<boolean>;
  stop(): Promise<void>;
};

/**
 * The real server with the demo's courses and many seats, behind a proxy (PUBLIC_URL), so that each request can have an
 * address of its own: what is tested then is what messages do, not how many one may send.
 */
export async function startCrowd(seatCount: number, env: NodeJS.ProcessEnv = {}): Promise<Crowd> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'kinroom-crowd-'));
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const opened = await openStorage({ databaseUrl: null, dataFolder });
  if ('problem' in opened) throw new Error(opened.problem.lines.join(' '));
  const { db, close } = opened.storage;
  const links = await ensureDemo(db, newToken(), url, Date.now());
  const course = (await demoCourses(db)).find(({ programme_id }) => programme_id === 'cprt');
  if (!course) throw new Error('the demo has no group');
  const seats: Seat[] = [];
  for (let number = 0; number < seatCount; number += 1) {
    const seat = { personId: `staff-${number}`, deviceId: `device-${number}`, address: addressOf(number) };
    const cookie = newToken();
    const person = { id: seat.personId, course_id: course.id, family_id: null, role: 'coFacilitator', name: 'Sam' };
    await addPerson(db, { ...person, agreement_version: null, agreed_at: null });
    const device = { cookie_hash: hashToken(cookie), person_id: seat.personId, device_id: seat.deviceId };
    await addDevice(db, { ...device, enrolled_at: Date.now(), revoked_at: null });
    seats.push({ ...seat, cookie: `kinroom-${seat.personId}=${cookie}` });
  }
  await close();

  const child = spawnServer(dataFolder, port, { PUBLIC_URL: url, ...env });
  const [message] = (await once(child, 'message')) as [ServerMessage];
  if (message.type !== 'ready') throw new Error(message.lines.join(' '));
  const gone = once(child, 'exit');
  return {
    server: {
      url,
      token(label) {
        const token = links.find((link) => link.label === label)?.url.split('#')[1];
        if (token === undefined) throw new Error(`no link is called ${label}`);
        return token;
      },
    },
    seats,
    dump: () => dumpOf(join(dataFolder, 'kinroom.db')),
    async alive() {
      const response = await fetch(`${url}/healthz`);
      return child.exitCode === null && response.ok;
    },
    async stop() {
      child.kill('SIGTERM');
      await gone;
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}

/** The nth of many client addresses, from a range that is kept for measurements. */
export function addressOf(number: number): string {
  return `198.18.${Math.floor(number / 250) % 250}.${1 + (number % 250)}`;
}

/** A socket of this seat, which does not come back by itself. */
export function socketOf({ url }: Pick<ServerProcess, 'url'>, seat: Seat, auth: object = {}): Socket {
  return io(url, {
    auth: { protocol: protocolVersion, personId: seat.personId, deviceId: seat.deviceId, ...auth },
    extraHeaders: { cookie: seat.cookie, 'x-forwarded-for': seat.address },
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
  });
}

export function connected(socket: Socket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('connect', resolve).once('connect_error', reject);
  });
}

/** Sends with an answer asked for, however many arguments there are. */
export function ask(socket: Socket, name: string, args: unknown[]): Promise<unknown> {
  return socket.timeout(20_000).emitWithAck(name, ...args);
}

function dumpOf(file: string): string {
  const database = new Database(file, { readonly: true });
  try {
    const tables = database.prepare("select name from sqlite_master where type = 'table' order by name").all();
    return (tables as { name: string }[])
      .map(
        ({ name }) =>
          `${name}\n${database
            .prepare(`select * from "${name}"`)
            .all()
            .map((row) => JSON.stringify(row))
            .toSorted()
            .join('\n')}`,
      )
      .join('\n\n');
  } finally {
    database.close();
  }
}
