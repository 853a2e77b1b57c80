import { useEffect, useEffectEvent, useRef, type KeyboardEvent } from 'react';

import type { PersonId } from '#shared/session/state.ts';

import type { Actions, RoomView } from '../live/screens.ts';
import { DoorList } from '../people/DoorList.tsx';
import { PeopleList } from '../people/PeopleList.tsx';
import { IconButton } from '../ui/Button.tsx';

import { AgendaConsole } from './AgendaConsole.tsx';
import './facilitator.css';

export type SheetTab = 'people' | 'agenda';

const tabs: { tab: SheetTab; label: string }[] = [
  { tab: 'people', label: 'People' },
  { tab: 'agenda', label: 'Agenda' },
];

/** On a phone: people and agenda above the controls. The room stays in view and in use behind it. */
export function FacilitatorSheet(props: {
  room: RoomView;
  timeZone: string;
  actions: Actions;
  tab: SheetTab;
  onTab(tab: SheetTab): void;
  onLetIn(personIds: PersonId[]): void;
  onEnd(): void;
  onClose(): void;
}) {
  const { room, timeZone, actions, tab, onTab, onLetIn, onEnd, onClose } = props;
  const sheet = useRef<HTMLElement>(null);
  const close = useEffectEvent(onClose);

  useEffect(() => {
    const before = document.activeElement;
    sheet.current?.querySelector<HTMLElement>('[aria-selected="true"]')?.focus();
    const onKey = (event: globalThis.KeyboardEvent) => {
      if (event.key === 'Escape' && document.querySelector('dialog[open]') === null) close();
    };
    document.addEventListener('keydown', onKey);
    return () => {
      document.removeEventListener('keydown', onKey);
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, []);

  const onArrow = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    const other = tab === 'people' ? 'agenda' : 'people';
    onTab(other);
    sheet.current?.querySelector<HTMLElement>(`#tab-${other}`)?.focus();
  };

  return (
    <aside className="staff-sheet" ref={sheet} aria-label="People and agenda">
      <div className="sheet-head">
        <div className="seg" role="tablist" tabIndex={-1} aria-label="Show" onKeyDown={onArrow}>
          {tabs.map((one) => (
            <button
              key={one.tab}
              type="button"
              role="tab"
              id={`tab-${one.tab}`}
              aria-controls="staff-sheet-panel"
              aria-selected={tab === one.tab}
              tabIndex={tab === one.tab ? 0 : -1}
              onClick={() => onTab(one.tab)}
            >
              {one.label}
            </button>
          ))}
        </div>
        <IconButton icon="x" name="Close" look="quiet" onClick={onClose} />
      </div>
      <div className="sheet-body" role="tabpanel" id="staff-sheet-panel" aria-labelledby={`tab-${tab}`}>
        {tab === 'people' ? (
          <>
            <DoorList door={room.door} now={() => actions.now()} onLetIn={onLetIn} />
            <PeopleList tiles={room.tiles} />
          </>
        ) : (
          <AgendaConsole room={room} timeZone={timeZone} actions={actions} onEnd={onEnd} />
        )}
      </div>
    </aside>
  );
}
