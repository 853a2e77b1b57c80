import type { AgendaNow } from '../agenda/agendaNow.ts';
import { KindIcon } from '../agenda/KindIcon.tsx';
import { notYet } from '../agenda/notYet.ts';
import { clockText } from '../ui/time.ts';

/** Everything that is still to come, with when it is foreseen and how long it has. */
export function LaterList({ now, timeZone }: { now: AgendaNow; timeZone: string }) {
  const later = now.rows.filter((row) => row.place === 'later');
  if (later.length === 0) return null;
  return (
    <ol className="later-list" aria-label="Still to come">
      {later.map(({ segment, startsAt }) => (
        <li key={segment.segmentId}>
          <KindIcon kind={segment.kind} />
          <span>
            <b>{segment.title}</b>
            <span className="meta muted num">
              {clockText(startsAt, timeZone)}
              {notYet(segment) !== null && (segment.where === 'breakout' ? ' · all together' : ' · without clips')}
            </span>
          </span>
          <span className="num">
            {segment.given}
            <span className="meta muted"> min</span>
          </span>
        </li>
      ))}
    </ol>
  );
}
