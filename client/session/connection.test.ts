import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { connectSession, type SessionSocket } from './connection.ts';

const unasked = { ok: true, url: 'ws://sfu', token: 'given' } as const;
const answer = { ok: true, url: 'ws://sfu', token: 'asked for' } as const;
const nothing = (): void => {};

let asked: string[];
let closeAll: () => void;

beforeEach(() => {
  const target = { addEventListener: nothing, removeEventListener: nothing };
  vi.stubGlobal('window', target);
  vi.stubGlobal('document', { ...target, visibilityState: 'visible' });
  vi.useFakeTimers();
  asked = [];
});
afterEach(() => {
  closeAll();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** A connection on a socket that is open and answers every question with a token. */
function connected() {
  const emitWithAck = (name: string): Promise<object> => {
    asked.push(name);
    return Promise.resolve(answer);
  };
  const socket = Object.assign(new EventEmitter(), {
    connected: true,
    timeout: () => ({ emitWithAck }),
    disconnect: nothing,
  });
  const told = { onHeld: nothing, onConnected: nothing, onStoring: nothing, onClosed: nothing };
  const connection = connectSession(
    { personId: 'maya', deviceId: 'phone', ...told, onBox: nothing, onKeyWanted: nothing },
    socket as unknown as SessionSocket,
  );
  closeAll = connection.close;
  return { connection, socket };
}

test('a token that came unasked is used, once', async () => {
  const { connection, socket } = connected();
  socket.emit('mediaToken', unasked);
  expect(await connection.mediaToken('group')).toEqual(unasked);
  expect(asked).toEqual([]);
  expect(await connection.mediaToken('group')).toEqual(answer);
  expect(asked).toEqual(['mediaToken']);
});

test('a token that may have run out is not used', async () => {
  const { connection, socket } = connected();
  socket.emit('mediaToken', unasked);
  vi.advanceTimersByTime(46_000);
  expect(await connection.mediaToken('group')).toEqual(answer);
});
