import type { SessionState } from '#shared/session/state.ts';

import { ScrollArea } from '../ui/ScrollArea.tsx';
import { useNow } from '../ui/useNow.ts';

import { agendaNow } from './agendaNow.ts';
import { dayWords } from './dayWords.ts';
import { EveningList } from './EveningList.tsx';
import { NextUp } from './NextUp.tsx';
import { NowCard } from './NowCard.tsx';
import './agenda.css';

/** Tonight's plan beside the room: now, next, the next break, and the evening. For families. */
export function AgendaRail(props: { session: SessionState; leadName: string | null; timeZone: string; now(): number }) {
  const { session, leadName, timeZone } = props;
  const at = useNow(() => props.now());
  const now = agendaNow(session, at);
  const words = dayWords(session.plannedStart, timeZone);
  return (
    <ScrollArea as="aside" className="rail" label={`${words.tonight}’s plan`}>
      <NowCard now={now} leadName={leadName} timeZone={timeZone} forStaff={false} />
      <NextUp now={now} at={at} timeZone={timeZone} />
      <section>
        <h2 className="eyebrow rail-title">The {words.evening}</h2>
        <EveningList rows={now.rows} timeZone={timeZone} />
      </section>
    </ScrollArea>
  );
}
