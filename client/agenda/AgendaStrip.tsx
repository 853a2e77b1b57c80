import type { ReactNode } from 'react';

import type { SessionState } from '#shared/session/state.ts';

import { IconButton } from '../ui/Button.tsx';
import { clockText } from '../ui/time.ts';
import { useNow } from '../ui/useNow.ts';

import { agendaNow, ringLabel, type AgendaNow } from './agendaNow.ts';
import { dayWords } from './dayWords.ts';
import { AgendaRing, stripRing } from './AgendaRing.tsx';
import { KindIcon } from './KindIcon.tsx';
import './agenda.css';

/** The plan in one line, where there is no room for the rail. `children`: what the lead does from here. */
export function AgendaStrip(props: {
  session: SessionState;
  forStaff: boolean;
  timeZone: string;
  now(): number;
  onOpen(): void;
  children?: ReactNode;
}) {
  const { session, forStaff, timeZone, onOpen, children } = props;
  const now = agendaNow(
    session,
    useNow(() => props.now()),
  );
  const { running } = now;
  const words = dayWords(session.plannedStart, timeZone);
  return (
    <aside className="strip" aria-label={`${words.tonight}’s plan`}>
      {running === null ? (
        <KindIcon kind="welcome" />
      ) : (
        <AgendaRing running={running} forStaff={forStaff} size={stripRing} words={false} />
      )}
      <p>
        <b>{running === null ? 'Before we begin' : running.segment.title}</b>
        <span className="meta muted num">{stripText(now, forStaff, timeZone)}</span>
      </p>
      {children}
      <IconButton icon="chevD" name={`Show the whole ${words.evening}`} look="quiet" onClick={onOpen} />
    </aside>
  );
}

/** The plan in a few words for the top bar of a phone that lies on its side; pressed, it opens the whole plan. */
export function AgendaInline(props: { session: SessionState; forStaff: boolean; now(): number; onOpen(): void }) {
  const { running } = agendaNow(
    props.session,
    useNow(() => props.now()),
  );
  return (
    <button type="button" className="now-inline" onClick={props.onOpen}>
      <KindIcon kind={running?.segment.kind ?? 'welcome'} />
      <b>{running?.segment.title ?? 'Before we begin'}</b>
      {running !== null && <span className="meta muted num">{ringLabel(running, props.forStaff)}</span>}
    </button>
  );
}

function stripText(now: AgendaNow, forStaff: boolean, timeZone: string): string {
  const { running, next, nextBreak } = now;
  if (running === null) return next === undefined ? '' : `First: ${next.segment.title}`;
  const first = ringLabel(running, forStaff);
  if (nextBreak !== undefined && !forStaff) return `${first} · break at ${clockText(nextBreak.startsAt, timeZone)}`;
  if (next !== undefined) return `${first} · next: ${next.segment.title}`;
  return `${first} · last part`;
}
