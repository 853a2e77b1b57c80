import type { PersonId } from '#shared/session/state.ts';

import type { Tile } from '../live/screens.ts';
import { roleText, standingText } from '../people/standing.ts';
import { Avatar } from '../ui/Avatar.tsx';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';

import { Picture } from './Picture.tsx';

/** One seat: a picture, initials where there is none, or the outline of a seat that is kept. */
export function TileView(props: {
  tile: Tile;
  forStaff: boolean;
  hidden: boolean;
  onLetIn(personIds: PersonId[]): void;
}) {
  const { tile, forStaff, hidden, onLetIn } = props;
  if (tile.standing === 'absent' || tile.standing === 'waiting') {
    return <Seat tile={tile} forStaff={forStaff} onLetIn={onLetIn} />;
  }
  const { picture, name, standing, isYou } = tile;
  const shown = picture !== null && !hidden && (standing === 'here' || standing === 'reconnecting');
  const classes = [
    'tile',
    shown ? '' : 'rest',
    standing === 'reconnecting' ? 'lost' : tile.weak ? 'weak' : '',
    tile.speaking && standing === 'here' ? 'speaking' : '',
  ];
  return (
    <figure className={classes.filter(Boolean).join(' ')}>
      {shown ? (
        <Picture attach={picture} mirrored={isYou} name={name} />
      ) : (
        <div className="rest-words">
          <Avatar name={name} rem={4.5} />
          {hidden && <p className="meta soft">Hidden from yourself. Others still see you.</p>}
          {standing === 'backSoon' && <p>Back soon</p>}
          {standing === 'joining' && <p>Coming in</p>}
          {standing === 'here' && tile.paused && <p className="meta soft">Picture paused</p>}
        </div>
      )}
      <figcaption className="plate">
        {tile.microphone === 'off' && standing !== 'joining' && (
          <>
            <Icon name="micOff" />
            <span className="sr">Microphone off</span>
          </>
        )}
        <span>{name}</span>
        <PlateNote tile={tile} />
      </figcaption>
    </figure>
  );
}

/** Beside the name: trouble on the line first, then who somebody is. */
function PlateNote({ tile }: { tile: Tile }) {
  const trouble = tile.standing === 'reconnecting' || (tile.standing === 'here' && tile.weak);
  if (trouble) {
    return (
      <em className="line-trouble">
        <Icon name="wifi" />
        <span>{standingText(tile)}</span>
      </em>
    );
  }
  const role = tile.isYou ? 'You' : roleText(tile.role);
  return role === '' ? null : <em className="role">{role}</em>;
}

function Seat(props: { tile: Tile; forStaff: boolean; onLetIn(personIds: PersonId[]): void }) {
  const { tile, forStaff, onLetIn } = props;
  const { name, personId } = tile;
  const waiting = tile.standing === 'waiting';
  return (
    <div className={waiting ? 'tile seat asked' : 'tile seat'}>
      {name !== '' && <Avatar name={name} rem={3.25} />}
      <p>
        {name === '' ? 'A kept seat' : <b>{name}</b>}
        {name !== '' && (waiting ? ' is waiting' : <span className="meta muted">Seat kept</span>)}
      </p>
      {waiting && forStaff && personId !== null && (
        <Button look="lamp" size="small" onClick={() => onLetIn([personId])}>
          Let in<span className="sr"> {name}</span>
        </Button>
      )}
    </div>
  );
}
