import { useState } from 'react';

import { agendaNow, type AgendaNow } from '../agenda/agendaNow.ts';
import { dayWords } from '../agenda/dayWords.ts';
import type { RoomView, Actions } from '../live/screens.ts';
import { Button } from '../ui/Button.tsx';
import { Confirm } from '../ui/Confirm.tsx';
import { Icon } from '../ui/Icon.tsx';
import { clockText } from '../ui/time.ts';
import { useNow } from '../ui/useNow.ts';

import { CurrentSegment } from './CurrentSegment.tsx';
import { LaterList } from './LaterList.tsx';
import './facilitator.css';

/** The evening as the lead steers it. A co-facilitator sees the same, with *Take the lead* where the buttons are. */
export function AgendaConsole(props: { room: RoomView; timeZone: string; actions: Actions; onEnd(): void }) {
  const { room, timeZone, actions, onEnd } = props;
  const now = agendaNow(
    room.session,
    useNow(() => actions.now()),
  );
  const { running } = now;
  return (
    <>
      <header className="console-head">
        <h2>{dayWords(room.session.plannedStart, timeZone).tonight}</h2>
        {running !== null && running.minutesOver > 0 && !running.paused && (
          <span className="chip clay num">
            <Icon name="clock" />
            {running.minutesOver} min over
          </span>
        )}
        {running?.paused === true && (
          <span className="chip lamp">
            <Icon name="pause" />
            Paused
          </span>
        )}
      </header>
      <CurrentSegment
        plannedStart={room.session.plannedStart}
        now={now}
        timeZone={timeZone}
        canLead={room.me.isLead}
        actions={actions}
        onEnd={onEnd}
      />
      {!room.me.isLead && <TakeLead leadName={room.leadName} onTake={() => actions.takeLead()} />}
      <LaterList now={now} timeZone={timeZone} />
      <footer className="console-foot">
        <p className="meta muted num">{endText(now, room, timeZone)}</p>
        {room.me.isLead && (
          <Button look="danger" size="small" onClick={onEnd}>
            End session
          </Button>
        )}
      </footer>
    </>
  );
}

function endText(now: AgendaNow, room: RoomView, timeZone: string): string {
  if (now.running === null) return `It would end about ${clockText(now.endsAt, timeZone)}.`;
  const late = now.running.over ? ' Families see “wrapping up”, never “over”.' : '';
  return `Ends about ${clockText(now.endsAt, timeZone)}.${late}`;
}

function TakeLead({ leadName, onTake }: { leadName: string | null; onTake(): void }) {
  const [asking, setAsking] = useState(false);
  return (
    <div className="take-lead">
      <p className="small soft">{leadName === null ? 'Nobody leads right now.' : `${leadName} leads.`}</p>
      <Button size="small" onClick={() => setAsking(true)}>
        Take the lead
      </Button>
      {asking && (
        <Confirm title="Take the lead?" yes="Take the lead" no="Not now" onYes={onTake} onNo={() => setAsking(false)}>
          <p>
            The agenda becomes yours to move.{' '}
            {leadName === null ? '' : `${leadName} stays in the room and can take it back.`} Families notice nothing.
          </p>
        </Confirm>
      )}
    </div>
  );
}
