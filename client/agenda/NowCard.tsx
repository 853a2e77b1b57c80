import { clockText } from '../ui/time.ts';

import type { AgendaNow, Running } from './agendaNow.ts';
import { AgendaRing, bigRing } from './AgendaRing.tsx';
import { notYet } from './notYet.ts';

/** What the group does now: its ring, its title and the sentence that goes with it. */
export function NowCard(props: { now: AgendaNow; leadName: string | null; timeZone: string; forStaff: boolean }) {
  const { now, leadName, timeZone, forStaff } = props;
  const { running } = now;
  if (running === null) {
    return (
      <section className="now-card before" aria-label="Now">
        <div>
          <p className="eyebrow">Before we begin</p>
          <h2>Arriving</h2>
        </div>
        <p>
          {leadName === null ? 'We begin soon.' : `${leadName} begins when people are here.`} Make yourself comfortable.
        </p>
      </section>
    );
  }
  const lacking = notYet(running.segment);
  return (
    <section className="now-card" aria-label="Now">
      <AgendaRing running={running} forStaff={forStaff} size={bigRing} words />
      <div>
        <p className="eyebrow num">{untilText(running, timeZone)}</p>
        <h2>{running.segment.title}</h2>
      </div>
      <p>{running.segment.prompt}</p>
      {lacking !== null && <p className="meta muted">{lacking}</p>}
    </section>
  );
}

/** `Until 19:35`; families read `Wrapping up` once it is over. */
function untilText(running: Running, timeZone: string): string {
  if (running.paused) return 'Paused for a moment';
  return running.over ? 'Wrapping up' : `Until ${clockText(running.endsAt, timeZone)}`;
}
