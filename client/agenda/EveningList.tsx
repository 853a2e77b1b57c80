import type { AgendaRow } from '#shared/session/agenda.ts';

import { clockText } from '../ui/time.ts';

/** The whole evening as a line with its stations. */
export function EveningList({ rows, timeZone }: { rows: AgendaRow[]; timeZone: string }) {
  return (
    <ol className="evening">
      {rows.map(({ segment, place, startsAt }) => (
        <li
          key={segment.segmentId}
          className={`is-${place} ${segment.kind === 'break' ? 'is-break' : ''}`}
          aria-current={place === 'current' ? 'step' : undefined}
        >
          <span>
            {segment.kind === 'break' ? `${segment.title}, ${segment.given} minutes` : segment.title}
            {place === 'done' && <span className="sr"> (done)</span>}
          </span>
          <span className="time num">{clockText(startsAt, timeZone)}</span>
        </li>
      ))}
    </ol>
  );
}
