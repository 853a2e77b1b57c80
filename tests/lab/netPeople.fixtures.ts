import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Line } from '../../infra/netlab/line.ts';
import { launchPerson, type Person } from '../e2e/harness/browser.ts';
import { decodedTracks } from '../e2e/harness/measure.ts';
import { isInRoom, joinWith, letIn } from '../e2e/harness/room.ts';
import { until } from '../e2e/harness/until.ts';
import type { NetRoom } from './netRoom.fixtures.ts';
import { watchPages } from './watch.fixtures.ts';

/** Wide enough that every seat is on the screen. */
const LAPTOP = { width: 1280, height: 800 };

/** The demo's people, so far as labs need them. */
const PEOPLE = {
  Ruth: { label: 'facilitator', tone: 440, colour: { red: 190, green: 60, blue: 50 } },
  Maya: { label: 'family 1', tone: 710, colour: { red: 40, green: 150, blue: 60 } },
  Priya: { label: 'family 2', tone: 1_190, colour: { red: 50, green: 60, blue: 190 } },
  Dan: { label: 'family 3', tone: 1_570, colour: { red: 170, green: 150, blue: 40 } },
} as const;

type Name = keyof typeof PEOPLE;
const NAMES = Object.keys(PEOPLE);

/** The facilitator beside the server, who opens the room by coming. */
export async function openRoom(room: NetRoom): Promise<Person> {
  const ruth = await launchOn(room, 'Ruth', null);
  await joinWith(ruth.page, room.kinroom, PEOPLE.Ruth.label);
  await until('Ruth is in', () => isInRoom(ruth.page));
  return ruth;
}

/** A family on a line of theirs, let in by the facilitator, once both see each other. */
export async function bringIn(room: NetRoom, ruth: Person, name: Exclude<Name, 'Ruth'>, line: Line): Promise<Person> {
  const others = room.people.length;
  const person = await launchOn(room, name, line);
  await joinWith(person.page, room.kinroom, PEOPLE[name].label);
  await letIn(ruth.page, name);
  await until(`${name} is in`, () => isInRoom(person.page));
  for (const one of [ruth, person]) {
    await until(`${one.name} sees everybody`, async () => (await decodedTracks(one.page)) === others);
  }
  return person;
}

/** The link that this person was sent. */
export function linkOf(room: NetRoom, name: Name): string {
  return room.kinroom.link(PEOPLE[name].label);
}

/** A browser of this person's, on their line or (null) on this machine itself; closed at the lab's end. */
export async function launchOn(room: NetRoom, name: Name, line: Line | null): Promise<Person> {
  const { tone, colour } = PEOPLE[name];
  const person = await throughLine(room, line, () => launchPerson({ name, tone, colour, viewport: LAPTOP }));
  room.people.push(person);
  await watchPages(person.context, NAMES);
  return person;
}

/**
 * Starts a browser in the line's namespace. There, too, the page is on localhost, since browsers give no camera to
 * others; but this name leads to the lab's host, so that its connections are as long and as breakable as the line.
 */
export async function throughLine(
  room: Pick<NetRoom, 'host'>,
  line: Line | null,
  launch: () => Promise<Person>,
): Promise<Person> {
  const browser = process.env['CHROME_PATH'];
  if (browser === undefined) throw new Error('CHROME_PATH is not set: start labs with npm run lab.');
  if (line === null) return launch();
  const folder = mkdtempSync(join(tmpdir(), 'kinroom-line-'));
  const wrapper = join(folder, 'browser');
  const enter = `ip netns exec ${line.namespace} '${browser}' --host-resolver-rules='MAP localhost ${room.host}'`;
  writeFileSync(wrapper, `#!/bin/sh\nexec ${enter} "$@"\n`);
  chmodSync(wrapper, 0o755);
  // The harness takes the browser from here; people are started one after the other.
  process.env['CHROME_PATH'] = wrapper;
  try {
    return await launch();
  } finally {
    process.env['CHROME_PATH'] = browser;
    rmSync(folder, { recursive: true, force: true });
  }
}
