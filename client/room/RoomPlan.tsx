import { AgendaInline, AgendaStrip } from '../agenda/AgendaStrip.tsx';
import { AgendaRail } from '../agenda/AgendaRail.tsx';
import type { Actions, RoomView } from '../live/screens.ts';
import { Button } from '../ui/Button.tsx';
import { ScrollArea } from '../ui/ScrollArea.tsx';

import type { StaffParts } from './staffParts.ts';
import type { RoomLayout } from './useRoomLayout.ts';

/** Where the plan stands: a rail for families, a console for staff, a strip where there is no room for either. */
export function RoomPlan(props: {
  room: RoomView;
  timeZone: string;
  layout: RoomLayout;
  actions: Actions;
  AgendaConsole: StaffParts['AgendaConsole'];
  onOpen(): void;
  onEnd(): void;
}) {
  const { room, timeZone, layout, actions, AgendaConsole, onOpen, onEnd } = props;
  const { session, me, leadName } = room;
  const now = () => actions.now();
  if (!me.isStaff && layout !== 'phone') {
    return <AgendaRail session={session} leadName={leadName} timeZone={timeZone} now={now} />;
  }
  if (me.isStaff && layout === 'wide') {
    return (
      <ScrollArea as="aside" className="console plan" label="Agenda">
        <AgendaConsole room={room} timeZone={timeZone} actions={actions} onEnd={onEnd} />
      </ScrollArea>
    );
  }
  return (
    <AgendaStrip session={session} forStaff={me.isStaff} timeZone={timeZone} now={now} onOpen={onOpen}>
      {me.isLead && <StripButtons room={room} layout={layout} actions={actions} onEnd={onEnd} />}
    </AgendaStrip>
  );
}

/** The one or two things a lead needs without opening the agenda. */
function StripButtons(props: { room: RoomView; layout: RoomLayout; actions: Actions; onEnd(): void }) {
  const { room, layout, actions, onEnd } = props;
  const { segments, current } = room.session.agenda;
  if (current === null) {
    return (
      <Button look="primary" size="small" onClick={() => actions.start()}>
        Start
      </Button>
    );
  }
  const isLast = segments.at(-1)?.segmentId === current.segmentId;
  return (
    <>
      {layout === 'mid' && (
        <Button size="small" onClick={() => actions.addMinutes(2)}>
          +2 min
        </Button>
      )}
      <Button look="primary" size="small" onClick={() => (isLast ? onEnd() : actions.next())}>
        {isLast ? 'End' : 'Next'}
      </Button>
    </>
  );
}

/** The plan in the top bar of a phone on its side. */
export function RoomPlanInline(props: { room: RoomView; now(): number; onOpen(): void }) {
  const { session, me } = props.room;
  return <AgendaInline session={session} forStaff={me.isStaff} now={() => props.now()} onOpen={props.onOpen} />;
}
