import type { DoorEntry, RoomView, Tile } from '../live/screens.ts';
import type { Urgency } from '../ui/Announcer.tsx';

/** What of the room is worth a sentence when it changes. */
export type Heard = {
  tiles: Pick<Tile, 'seat' | 'name' | 'standing' | 'isYou'>[];
  door: Pick<DoorEntry, 'personId' | 'name'>[];
  lost: boolean;
};

export type Sentence = { text: string; urgency: Urgency };

/** The part of a room that `newsBetween` compares. */
export function heardOf(room: RoomView): Heard {
  return { tiles: room.tiles, door: room.door, lost: room.media === 'reconnecting' };
}

/** Sentences for screen readers about what changed: who came and went, who waits, one's own connection. */
export function newsBetween(before: Heard, after: Heard): Sentence[] {
  const news: Sentence[] = [];
  if (before.lost !== after.lost) {
    news.push({ text: after.lost ? 'Connection lost. Reconnecting.' : 'You are back.', urgency: 'assertive' });
  }
  const present = (heard: Heard) => new Set(heard.tiles.filter(isPresent).map((tile) => tile.seat));
  const [here, now] = [present(before), present(after)];
  const others = (heard: Heard) => heard.tiles.filter((tile) => !tile.isYou && tile.name !== '');
  const came = others(after).filter((tile) => now.has(tile.seat) && !here.has(tile.seat));
  const went = others(before).filter((tile) => here.has(tile.seat) && !now.has(tile.seat));
  const waited = new Set(before.door.map((entry) => entry.personId));
  const waiting = after.door.filter((entry) => !waited.has(entry.personId));
  say(news, came, 'has joined', 'have joined');
  say(news, went, 'has left', 'have left');
  say(news, waiting, 'is waiting', 'are waiting');
  return news;
}

/** A dropped line or a phone call is no leaving: the seat is kept, and nobody needs to hear of it. */
function isPresent(tile: Pick<Tile, 'standing'>): boolean {
  return tile.standing !== 'absent' && tile.standing !== 'waiting' && tile.standing !== 'joining';
}

function say(news: Sentence[], people: { name: string }[], one: string, many: string): void {
  if (people.length === 0) return;
  const names = people.map((person) => person.name);
  const last = names.pop() ?? '';
  const all = names.length === 0 ? last : `${names.join(', ')} and ${last}`;
  news.push({ text: `${all} ${people.length === 1 ? one : many}.`, urgency: 'polite' });
}
