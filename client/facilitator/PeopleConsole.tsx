import type { PersonId } from '#shared/session/state.ts';

import type { RoomView } from '../live/screens.ts';
import { DoorList } from '../people/DoorList.tsx';
import { PeopleList } from '../people/PeopleList.tsx';
import { ScrollArea } from '../ui/ScrollArea.tsx';

/** The column on the right, for staff: the door on top, then everybody. */
export function PeopleConsole(props: { room: RoomView; now(): number; onLetIn(personIds: PersonId[]): void }) {
  const { room, onLetIn } = props;
  return (
    <ScrollArea as="aside" className="console people" label="People">
      <DoorList door={room.door} now={() => props.now()} onLetIn={onLetIn} />
      <PeopleList tiles={room.tiles} />
    </ScrollArea>
  );
}
