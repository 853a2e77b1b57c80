import type { RefObject } from 'react';

import type { SessionCard } from '#shared/api.ts';

import { Icon } from '../ui/Icon.tsx';
import { Ring } from '../ui/Ring.tsx';
import { clockText, dayText, localZone, placeOf, sameClock } from '../ui/time.ts';
import { useNow } from '../ui/useNow.ts';

import { startsIn } from './startsIn.ts';

const ringSize = { rem: 4, line: 6, digits: 1.35 };
/** The ring begins to burn down half an hour before. */
const ringMinutes = 30;

/** Which session it is, when, with whom, and how long until it starts. */
export function JoinHead(props: { card: SessionCard; heading: RefObject<HTMLHeadingElement | null>; now(): number }) {
  const { card, heading } = props;
  return (
    <div className="join-head">
      <div>
        <p className="eyebrow">
          {card.organisation} · {card.course}
        </p>
        <h1 className="voice" ref={heading} tabIndex={-1}>
          {card.label === card.title ? card.title : `${card.label} · ${card.title}`}
        </h1>
        <p className="soft">
          {dayText(card.plannedStart, card.timeZone)}, {span(card, card.timeZone)} · {withWhom(card)}
        </p>
        <LocalTime card={card} />
        {card.demo && (
          <p className="chip sky demo">
            <Icon name="info" />A course for trying Kinroom out. Nobody in it is real.
          </p>
        )}
      </div>
      <Starts card={card} now={() => props.now()} />
    </div>
  );
}

function Starts({ card, now }: { card: SessionCard; now(): number }) {
  const { title, hint, minutes } = startsIn(card, useNow(now));
  return (
    <div className="starts">
      {minutes !== null && (
        <Ring left={minutes / ringMinutes} label={title} size={ringSize}>
          <b>{minutes}</b>
        </Ring>
      )}
      <p>
        <b>{title}</b>
        <span className="muted">{hint}</span>
      </p>
    </div>
  );
}

/** The same hours on this device's clock, for whoever is in another time zone. */
function LocalTime({ card }: { card: SessionCard }) {
  const zone = localZone();
  if (sameClock(card.plannedStart, zone, card.timeZone)) return null;
  const day = dayText(card.plannedStart, zone);
  const otherDay = day !== dayText(card.plannedStart, card.timeZone);
  return (
    <p className="muted small">
      Those are times in {placeOf(card.timeZone)}. Where you are: {otherDay && `${day}, `}
      {span(card, zone)}.
    </p>
  );
}

function span(card: SessionCard, timeZone: string): string {
  const end = card.plannedStart + card.minutes * 60_000;
  return `${clockText(card.plannedStart, timeZone)}–${clockText(end, timeZone)}`;
}

function withWhom(card: SessionCard): string {
  const names = card.leads.map((lead) => lead.name);
  return names.length === 0 ? `${card.minutes} minutes` : `with ${names.join(' and ')}`;
}
