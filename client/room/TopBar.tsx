import type { ReactNode, RefObject } from 'react';

import type { SessionCard } from '#shared/api.ts';

import type { RoomView } from '../live/screens.ts';
import { BrandMark } from '../ui/BrandMark.tsx';
import { IconButton } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { clockText, localZone, placeOf, sameClock } from '../ui/time.ts';
import { useNow } from '../ui/useNow.ts';

import type { RoomLayout } from './useRoomLayout.ts';

/** Which week it is, the promise that opens its evidence, who leads (for staff) and the time. */
export function TopBar(props: {
  card: SessionCard;
  room: RoomView;
  layout: RoomLayout;
  heading: RefObject<HTMLHeadingElement | null>;
  now(): number;
  onTrust(): void;
  onLeave(): void;
  /** The plan in a few words, where neither rail nor strip has room. */
  children: ReactNode;
}) {
  const { card, room, layout, heading, onTrust, onLeave, children } = props;
  const small = layout === 'phone' || layout === 'low';
  return (
    <header className="room-top">
      <BrandMark />
      <h1 className="room-title" ref={heading} tabIndex={-1}>
        {card.label} <span className={small ? 'sr' : undefined}>· {card.title}</span>
      </h1>
      {children}
      <div className="push">
        <button type="button" className="chip outline badge-trust" onClick={onTrust}>
          <Icon name={room.trust.encrypted ? 'lock' : 'alert'} />
          {room.trust.encrypted ? 'Encrypted · not recorded' : 'Not encrypted yet'}
        </button>
        {room.me.isStaff && !small && <LeadChip room={room} />}
        {layout !== 'phone' && <Clock timeZone={card.timeZone} now={() => props.now()} />}
        {layout === 'phone' && <IconButton icon="leave" name="Leave" look="quiet" onClick={onLeave} />}
      </div>
    </header>
  );
}

function LeadChip({ room }: { room: RoomView }) {
  const { me, leadName } = room;
  const text = me.isLead ? 'You lead' : leadName === null ? 'Nobody leads' : `${leadName} leads`;
  return (
    <span className="chip outline">
      <Icon name="pair" />
      {text}
    </span>
  );
}

/** The group's clock. Where the device's own differs, it says whose time it is. */
function Clock({ timeZone, now }: { timeZone: string; now(): number }) {
  const at = useNow(now);
  return (
    <span className="num room-clock soft">
      {clockText(at, timeZone)}
      {!sameClock(at, timeZone, localZone()) && <span className="meta muted"> in {placeOf(timeZone)}</span>}
    </span>
  );
}
