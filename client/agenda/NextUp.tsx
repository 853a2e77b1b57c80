import { clockText, minutesText } from '../ui/time.ts';

import type { AgendaNow } from './agendaNow.ts';
import { KindIcon } from './KindIcon.tsx';

/** What comes next and when the next break is. Where the break comes next it stands once. */
export function NextUp({ now, at, timeZone }: { now: AgendaNow; at: number; timeZone: string }) {
  const { next, nextBreak } = now;
  if (next === undefined) return null;
  const away = nextBreak === undefined ? 0 : Math.max(0, Math.round((nextBreak.startsAt - at) / 60_000));
  return (
    <section className="next-up" aria-label="Next">
      {next !== nextBreak && (
        <div className="next-row">
          <KindIcon kind={next.segment.kind} />
          <p>
            <span className="eyebrow">{now.running === null ? 'We begin with' : 'Next'}</span>
            <b>{next.segment.title}</b>
          </p>
          <span className="meta num muted">{next.segment.given} min</span>
        </div>
      )}
      {nextBreak !== undefined && (
        <div className="next-row">
          <KindIcon kind="break" />
          <p>
            <span className="eyebrow">Break</span>
            <b>{away === 0 ? 'any moment' : `in ${minutesText(away)}`}</b>
          </p>
          <span className="meta num muted">{clockText(nextBreak.startsAt, timeZone)}</span>
        </div>
      )}
    </section>
  );
}
