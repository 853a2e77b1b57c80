import { expect, test } from 'vitest';
import { good } from '../live/connectionTest.fixtures.ts';
import type { Findings, TestView } from '../live/connectionTest.ts';
import { browserOf, reportText } from './checkReport.ts';
import { itemsOf, outcomeOf } from './checkWords.ts';

const chrome =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36';
const where = { userAgent: chrome, host: 'rooms.example.org' };
const done = (findings: Findings): TestView => ({ stage: 'done', at: null, findings, picture: null });

function marksOf(findings: Findings): string {
  return itemsOf(done(findings), where)
    .map(({ mark }) => mark)
    .join(' ');
}
const outcome = (findings: Findings) => outcomeOf(itemsOf(done(findings), where));

test('all good is ready', () => {
  expect(marksOf(good)).toBe('ok ok ok ok ok');
  expect(outcome(good)).toBe('ready');
});

const { loop, ...upToMedia } = good;
const weak: [string, Partial<Findings>][] = [
  ['no camera', { devices: { camera: 'missing', microphone: 'on' } }],
  ['no UDP', { media: 'tcp' }],
  ['loss', { loop: { ...loop, lost: 0.05 } }],
  ['a long way', { loop: { ...loop, roundTrip: 400 } }],
  ['few pictures', { loop: { ...loop, framesPerSecond: 3 } }],
  ['no pictures', { loop: { ...loop, framesPerSecond: 0 } }],
  ['the browser of an app that can encrypt', { browser: { encrypts: true, app: 'Facebook' } }],
];
test.each(weak)('%s works with sound first, and says what could help', (_what, change) => {
  const findings = { ...good, ...change };
  expect(outcome(findings)).toBe('soundFirst');
  for (const item of itemsOf(done(findings), where)) if (item.mark === 'look') expect(item.steps).not.toEqual([]);
});

const inTheWay: [string, Findings, string][] = [
  ['no microphone', { ...good, devices: { camera: 'on', microphone: 'blocked' } }, 'ok bad ok ok ok'],
  ['a browser that can’t encrypt', { browser: { encrypts: false, app: null } }, 'bad open open open open'],
  ['no web sockets', { ...good, server: { answers: true, socket: false } }, 'ok ok bad ok ok'],
  ['no media', { ...upToMedia, media: 'unreached' }, 'ok ok ok bad open'],
  ['no sound', { ...good, loop: { ...loop, soundPackets: 0 } }, 'ok ok ok ok bad'],
];
test.each(inTheWay)('%s is in the way, and says what to do', (_what, findings, marks) => {
  expect(marksOf(findings)).toBe(marks);
  expect(outcome(findings)).toBe('inTheWay');
  for (const item of itemsOf(done(findings), where)) if (item.mark === 'bad') expect(item.steps).not.toEqual([]);
});

test('a server that refuses says why in its own words, and nothing after it is called bad', () => {
  const { browser, devices } = good;
  const refused = { browser, devices, server: { answers: false, error: 'unreachable', say: 'We could not reach it.' } };
  expect(marksOf(refused as Findings)).toBe('ok ok bad open open');
  const many = { ...refused, server: { ...refused.server, error: 'tooMany' } } as Findings;
  expect(itemsOf(done(many), where)[2]?.text).toMatch(/Wait ten minutes/);
});

test('a test that broke off is not called good', () => {
  const { browser, devices, server } = good;
  const broken = { browser, devices, server } as Findings;
  expect([marksOf(broken), outcome(broken)]).toEqual(['ok ok ok bad open', 'inTheWay']);
});

test('what was left out by choice is neither good nor in the way', () => {
  expect(marksOf({ ...good, devices: 'notAsked' })).toBe('ok open ok ok ok');
  expect(outcome({ ...good, devices: 'notAsked' })).toBe('ready');
});

test('while it runs, what is looked at now is marked, and what comes later is open', () => {
  const running: TestView = { stage: 'running', at: 'server', findings: { browser: good.browser }, picture: null };
  expect(itemsOf(running, where).map(({ mark }) => mark)).toEqual(['ok', 'open', 'running', 'open', 'open']);
});

test('the report says what was found, with which browser and when, and nothing about who or where', () => {
  const items = itemsOf(done({ ...good, media: 'tcp' }), where);
  expect(reportText('soundFirst', items, chrome, new Date('2026-11-24T19:05:30Z')).split('\n')).toEqual([
    'Kinroom connection test: It will work, with sound first',
    '[ok] Your browser: It can keep a call private.',
    '[ok] Camera and microphone: Both work.',
    '[ok] Our server: It answers.',
    '[look] The way for picture and sound: It works, but may be slower on this network.',
    '[ok] Encrypted picture and sound: Both went out and came back: 24 pictures a second, 0 % lost, 38 ms there and back.',
    'Chrome 156 on Windows, 2026-11-24 19:05 UTC',
  ]);
});

test.each([
  [chrome, 'Chrome 156 on Windows'],
  [`${chrome} Edg/156.0.0.0`, 'Edge 156 on Windows'],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:149.0) Gecko/20100101 Firefox/149.0', 'Firefox 149 on Linux'],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_2 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.2 Mobile/15E148 Safari/604.1',
    'Safari 18 on iOS',
  ],
  ['Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/150.0.0.0 Mobile Safari/537.36', 'Chrome 150 on Android'],
  ['something', 'Another browser'],
])('“%s” is %s', (userAgent, said) => {
  expect(browserOf(userAgent)).toBe(said);
});
