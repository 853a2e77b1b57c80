import type { Tile } from '../live/screens.ts';
import { Avatar } from '../ui/Avatar.tsx';
import { Icon } from '../ui/Icon.tsx';

import { standingText } from './standing.ts';
import './people.css';

/** Every seat with its name and how it is with it, in seat order. */
export function PeopleList({ tiles }: { tiles: Tile[] }) {
  const seats = tiles.filter((tile) => tile.name !== '' && tile.standing !== 'waiting');
  const here = seats.filter((tile) => tile.standing === 'here').length;
  return (
    <section aria-label="In the room">
      <h2 className="people-title">
        In the room <span className="meta muted num">{here}</span>
      </h2>
      <ul>
        {seats.map((tile) => (
          <li key={tile.seat} className={`person ${tile.standing}`}>
            <Avatar name={tile.name} rem={2.25} />
            <div>
              <b>{tile.name}</b>
              <span className="meta muted">{standingText(tile)}</span>
            </div>
            {tile.standing === 'here' && (
              <span className="soft">
                <Icon name={tile.microphone === 'on' ? 'mic' : 'micOff'} size="s" />
                <span className="sr">{tile.microphone === 'on' ? 'Microphone on' : 'Microphone off'}</span>
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
