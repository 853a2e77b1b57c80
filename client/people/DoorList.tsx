import type { PersonId } from '#shared/session/state.ts';

import type { DoorEntry } from '../live/screens.ts';
import { Avatar } from '../ui/Avatar.tsx';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { useNow } from '../ui/useNow.ts';

import { waitedText } from './door.ts';
import './people.css';

/** Families and staff at the door, whoever came first on top. Nothing at all while nobody waits. */
export function DoorList(props: { door: DoorEntry[]; now(): number; onLetIn(personIds: PersonId[]): void }) {
  const { door, onLetIn } = props;
  const at = useNow(() => props.now());
  if (door.length === 0) return null;
  const everybody = door.map((entry) => entry.personId);
  return (
    <section className="door" aria-label="At the door">
      <ul>
        {door.map((entry) => (
          <li key={entry.personId} className="door-entry">
            <Avatar name={entry.name} rem={2.5} />
            <div className="door-who">
              <b>{entry.name}</b>
              <span className="meta soft num">
                {entry.role === 'staff' ? 'Facilitator · ' : ''}
                {waitedText(entry.since, at)}
              </span>
            </div>
            <Button look="lamp" size="small" busy={entry.busy} onClick={() => onLetIn([entry.personId])}>
              {entry.busy ? 'Letting in…' : 'Let in'}
              <span className="sr"> {entry.name}</span>
            </Button>
            <DoorFacts entry={entry} />
          </li>
        ))}
      </ul>
      {door.length > 1 && (
        <Button size="small" wide onClick={() => onLetIn(everybody)}>
          Let in all {door.length}
        </Button>
      )}
    </section>
  );
}

/** What they ticked and which device they come with. */
function DoorFacts({ entry }: { entry: DoorEntry }) {
  const { ticks, key, connected, role } = entry;
  const family = role === 'family';
  return (
    <ul className="door-facts">
      {!connected && (
        <li className="chip clay">
          <Icon name="wifi" />
          Lost the connection
        </li>
      )}
      {key === 'changed' && (
        <li className="chip clay">
          <Icon name="device" />A different device than before
        </li>
      )}
      {key === 'new' && (
        <li className="chip sky">
          <Icon name="device" />
          New device
        </li>
      )}
      {family && ticks !== null && (
        <li className={ticks.privatePlace ? 'chip leaf' : 'chip'}>
          <Icon name={ticks.privatePlace ? 'check' : 'alert'} />
          {ticks.privatePlace ? 'Private place' : 'Private place not ticked'}
        </li>
      )}
      {family && ticks !== null && (
        <li className={ticks.agreementVersion > 0 ? 'chip leaf' : 'chip'}>
          <Icon name={ticks.agreementVersion > 0 ? 'check' : 'alert'} />
          {ticks.agreementVersion > 0 ? 'Agreement' : 'Agreement not ticked'}
        </li>
      )}
    </ul>
  );
}
