import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { standIns } from './standIns.mjs';

/** Loads a stand-in as the pages do, by its text. */
async function load(name: string): Promise<Record<string, unknown>> {
  const code = standIns.find((one) => one.name === `kinroom:${name}`)?.code ?? '';
  return import(`data:text/javascript,${encodeURIComponent(code)}`) as Promise<Record<string, unknown>>;
}

/** Everything livekit-client asks of an emitter, written down as it happens. */
function story(Emitter: typeof EventEmitter): unknown[] {
  const heard: unknown[] = [];
  const emitter = new Emitter();
  const note = (name: string) =>
    function (this: unknown, ...what: unknown[]): void {
      heard.push([name, this === emitter, ...what]);
    };
  const [first, second, once, taken] = [note('first'), note('second'), note('once'), note('taken')];
  emitter.setMaxListeners(30).on('said', first).once('said', once).on('said', second).once('said', taken);
  emitter.off('said', taken).removeListener('said', () => {});
  heard.push(emitter.emit('said', 1, 2), emitter.listenerCount('said'), emitter.emit('said'));
  // Who is added or removed by a listener is so from the next time on.
  emitter.on('grows', () => emitter.on('grows', first).off('grows', second)).on('grows', second);
  heard.push(emitter.emit('grows'), emitter.emit('grows'), emitter.emit('nobody'));
  emitter.addListener('said', first).off('said', first);
  heard.push(emitter.listenerCount('said'), emitter.listeners('said').length);
  emitter.removeAllListeners('said');
  heard.push(emitter.emit('said'), emitter.emit('grows'), emitter.removeAllListeners().emit('grows'));
  return heard;
}

test('the emitter does what Node’s does', async () => {
  const { EventEmitter: ours } = await load('events');
  const theirs = story(EventEmitter);
  expect(theirs.length).toBeGreaterThan(15);
  expect(story(ours as typeof EventEmitter)).toEqual(theirs);
});

test('what stands in for unused parts takes any call, can be awaited, and answers with lists where they are read', async () => {
  const { default: Unused } = (await load('unused')) as {
    default: new () => Record<string, (...what: unknown[]) => never>;
  };
  const unused = new Unused();
  expect(unused['on']?.('sfuUpdateSubscription', () => {})).toBe(unused);
  expect(unused['queryPublished']?.()).toEqual([]);
  expect(await Promise.resolve(unused)).toBe(unused);
});
