import { io, type Socket } from 'socket.io-client';
import type { Command, CommandAnswer } from '#shared/session/commands.ts';
import type { SeenEvent } from '#shared/session/events.ts';
import { fold } from '#shared/session/reduce.ts';
import { rosterEntry, type SealedBox } from '#shared/session/roster.ts';
import type { SessionState } from '#shared/session/state.ts';
import { protocolVersion, type ClientToServer, type ServerToClient, type ViewMessage } from '#shared/socketEvents.ts';
import { member, type Member } from '../../client/keys/testRoom.fixtures.ts';
import { nextRoster, signRoster } from '../../client/keys/roster.ts';
import type { ServerProcess } from './serverProcess.ts';

/** Where a peer connects to: a server, with the tokens of the links it printed. */
export type Address = Pick<ServerProcess, 'url' | 'token'>;

export type TestSocket = Socket<ServerToClient, ClientToServer>;

/** A page without a page: enrols with a link, connects, holds a view, and can do what a page can. */
export type Peer = {
  personId: string;
  cookie: string;
  who: Member;
  socket: TestSocket;
  view(): SessionState;
  names(): ViewMessage['names'];
  presence(): ViewMessage['presence'];
  boxes: SealedBox[];
  seen: SeenEvent[];
  closing: string[];
  give(command: Command, commandId?: string): Promise<CommandAnswer>;
  enter(takeOver?: boolean): Promise<CommandAnswer>;
  open(): Promise<CommandAnswer>;
  admit(...others: Peer[]): Promise<CommandAnswer>;
  /** Waits until the held view fits. */
  until(fits: (view: SessionState) => boolean): Promise<void>;
  close(): void;
};

let count = 0;

export async function post(
  server: Pick<Address, 'url'>,
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const init = { method: 'POST', headers: { 'Content-Type': 'application/json', ...headers }, body: text };
  const response = await fetch(server.url + path, init);
  const answer = (await response.json()) as Record<string, unknown>;
  return { status: response.status, answer, cookie: response.headers.get('set-cookie') };
}

/** Joins with a link; `again` comes back as the same person on the same device. */
export async function join(server: Address, label: string, name?: string, again?: Peer): Promise<Peer> {
  const token = server.token(label);
  const invited = await post(server, '/api/links/open', { token });
  const { sessionId } = invited.answer['session'] as { sessionId: string };
  const known = invited.answer['personId'] as string | null;
  const keys = await member(known ?? 'guest', label.includes('facilitator') ? 'staff' : 'family', sessionId);
  const enrolled = again
    ? null
    : await post(server, '/api/devices', { token, deviceId: keys.device.deviceId, ...(name ? { name } : {}) });
  const personId = again?.personId ?? String(enrolled?.answer['personId']);
  const cookie = again?.cookie ?? enrolled?.cookie?.split(';')[0] ?? '';
  const who = again?.who ?? (known === null ? { ...keys, personId } : keys);
  return connect(server, { personId, cookie, who });
}

export async function connect(
  server: Pick<Address, 'url'>,
  seat: Pick<Peer, 'personId' | 'cookie' | 'who'>,
): Promise<Peer> {
  const { personId, cookie, who } = seat;
  const socket: TestSocket = io(server.url, {
    auth: { protocol: protocolVersion, personId, deviceId: who.device.deviceId },
    extraHeaders: { cookie },
    transports: ['websocket'],
    forceNew: true,
    reconnectionDelay: 50,
    reconnectionDelayMax: 100,
  });
  let held: ViewMessage | null = null;
  const peer: Peer = {
    ...seat,
    socket,
    boxes: [],
    seen: [],
    closing: [],
    view() {
      if (held === null) throw new Error('no view yet');
      return held.view;
    },
    names: () => held?.names ?? {},
    presence: () => held?.presence ?? {},
    give: (command, commandId = `test-${count++}`) =>
      socket.timeout(10_000).emitWithAck('command', { commandId, command }),
    enter: (takeOver = false) =>
      peer.give({
        type: 'enter',
        device: who.session.card,
        ticks: { privatePlace: true, agreementVersion: 1 },
        takeOver,
      }),
    open: () => peer.give({ type: 'openAudience', audience: 'group', roster: undefined as never }),
    admit: () => Promise.reject(new Error('not yet')),
    async until(fits) {
      const deadline = Date.now() + 20_000;
      while (held === null || !fits(held.view)) {
        if (Date.now() > deadline) throw new Error(`the view never came to fit: ${JSON.stringify(held?.view)}`);
        await new Promise((done) => setTimeout(done, 10));
      }
    },
    close: () => void socket.disconnect(),
  };
  const sign = async (people: SessionState['people'][string][], epoch: number) => {
    const last = await socket.timeout(5_000).emitWithAck('rosters', { audience: 'group', after: 0 });
    const previous = last.ok ? (last.rosters.at(-1) ?? null) : null;
    const devices = people.map(rosterEntry);
    const { sessionId } = peer.view();
    return signRoster(
      await nextRoster(previous, { sessionId, audience: 'group', epoch, secretHash: `of-${epoch}`, devices }),
      who.device,
    );
  };
  peer.open = async () => {
    const me = peer.view().people[personId];
    const roster = await sign(me ? [me] : [], peer.view().audiences.group.epoch + 1);
    return peer.give({ type: 'openAudience', audience: 'group', roster });
  };
  peer.admit = async (...others) => {
    const personIds = others.map((other) => other.personId);
    await peer.until(({ people }) => personIds.every((id) => id in people));
    const { people, audiences } = peer.view();
    const inside = Object.values(people).filter((one) => one.status === 'admitted' || personIds.includes(one.personId));
    const roster = await sign(inside, audiences.group.epoch);
    return peer.give({ type: 'admit', audience: 'group', personIds, roster });
  };
  socket.on('view', (message) => (held = message));
  socket.on('events', ({ events, names }) => {
    peer.seen.push(...events);
    if (held) held = { ...held, view: fold(events, held.view), names: { ...held.names, ...names } };
  });
  socket.on('presence', (changes) => {
    if (held) held = { ...held, presence: { ...held.presence, ...changes } };
  });
  socket.on('box', (box) => void peer.boxes.push(box));
  socket.on('closing', (code) => void peer.closing.push(code));
  await peer.until(() => true);
  return peer;
}
