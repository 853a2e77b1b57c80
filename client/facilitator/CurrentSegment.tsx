import type { AgendaNow, Running } from '../agenda/agendaNow.ts';
import { AgendaRing, consoleRing } from '../agenda/AgendaRing.tsx';
import { dayWords } from '../agenda/dayWords.ts';
import { notYet } from '../agenda/notYet.ts';
import type { Actions } from '../live/screens.ts';
import { Button } from '../ui/Button.tsx';
import { clockText } from '../ui/time.ts';

type Parts = {
  plannedStart: number;
  now: AgendaNow;
  timeZone: string;
  canLead: boolean;
  actions: Actions;
  onEnd(): void;
};

/** The segment that runs and what the lead can do with it; before the start, the way to begin. */
export function CurrentSegment(props: Parts) {
  const { now, timeZone, canLead, actions } = props;
  const { running } = now;
  const words = dayWords(props.plannedStart, timeZone);
  if (running === null) {
    return (
      <section className="current-segment" aria-label="Now">
        <div>
          <p className="eyebrow">Before we begin</p>
          <h3>{now.next === undefined ? 'Arriving' : `First: ${now.next.segment.title}`}</h3>
        </div>
        {canLead && (
          <Button look="primary" icon="play" wide onClick={() => actions.start()}>
            Start the {words.evening}
          </Button>
        )}
      </section>
    );
  }
  const lacking = notYet(running.segment);
  return (
    <section className="current-segment" aria-label="Now">
      <div className="current-top">
        <AgendaRing running={running} forStaff size={consoleRing} words />
        <div>
          <p className="eyebrow num">
            {running.over || running.segment.given !== running.segment.planned ? 'Planned ' : ''}
            {plannedText(running, timeZone)}
          </p>
          <h3>{running.segment.title}</h3>
        </div>
      </div>
      <p className="small soft">{running.segment.prompt}</p>
      {lacking !== null && <p className="meta muted">{lacking}</p>}
      {canLead && <LeadButtons {...props} running={running} />}
    </section>
  );
}

function LeadButtons({ now, running, actions, onEnd }: Parts & { running: Running }) {
  const first = now.rows[0]?.segment.segmentId === running.segment.segmentId;
  return (
    <div className="lead-buttons">
      {now.next === undefined ? (
        <Button look="primary" size="small" onClick={onEnd}>
          End session
        </Button>
      ) : (
        <Button look="primary" size="small" onClick={() => actions.next()}>
          Next
        </Button>
      )}
      <Button size="small" onClick={() => actions.addMinutes(2)}>
        +2 min
      </Button>
      <Button size="small" onClick={() => actions.addMinutes(5)}>
        +5 min
      </Button>
      <span className="lead-second">
        {!first && (
          <Button size="small" look="quiet" icon="back" onClick={() => actions.back()}>
            Back
          </Button>
        )}
        {running.paused ? (
          <Button size="small" look="lamp" icon="play" onClick={() => actions.resume()}>
            Resume
          </Button>
        ) : (
          <Button size="small" look="quiet" icon="pause" onClick={() => actions.pause()}>
            Pause
          </Button>
        )}
      </span>
    </div>
  );
}

/** From when until when the plan had it, whatever was added. */
function plannedText(running: Running, timeZone: string): string {
  const end = running.startsAt + running.segment.planned * 60_000;
  return `${clockText(running.startsAt, timeZone)}–${clockText(end, timeZone)}`;
}
