import type { SessionState } from '#shared/session/state.ts';

import { Dialog } from '../ui/Dialog.tsx';
import { useNow } from '../ui/useNow.ts';

import { agendaNow } from './agendaNow.ts';
import { dayWords } from './dayWords.ts';
import { EveningList } from './EveningList.tsx';
import { NextUp } from './NextUp.tsx';
import { NowCard } from './NowCard.tsx';
import './agenda.css';

/** The whole evening over the room, for phones. */
export function EveningSheet(props: {
  session: SessionState;
  leadName: string | null;
  timeZone: string;
  now(): number;
  onClose(): void;
}) {
  const { session, leadName, timeZone, onClose } = props;
  const at = useNow(() => props.now());
  const now = agendaNow(session, at);
  return (
    <Dialog title={`The ${dayWords(session.plannedStart, timeZone).evening}`} kind="sheet" onClose={onClose}>
      <NowCard now={now} leadName={leadName} timeZone={timeZone} forStaff={false} />
      <NextUp now={now} at={at} timeZone={timeZone} />
      <EveningList rows={now.rows} timeZone={timeZone} />
    </Dialog>
  );
}
