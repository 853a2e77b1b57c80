import { useRef } from 'react';

import type { PersonId } from '#shared/session/state.ts';

import type { Actions, RoomView } from '../live/screens.ts';

import { useShortcutChoice } from './useShortcutChoice.ts';
import { useShortcuts } from './useShortcuts.ts';

/** Binds the room's shortcuts to its actions. Returns whether they are on, and the way to switch them. */
export function useRoomKeys(props: {
  room: RoomView;
  actions: Actions;
  letIn(personIds: PersonId[]): void;
  onList(): void;
}): { on: boolean; choose(on: boolean): void } {
  const { room, actions, letIn, onList } = props;
  const [on, choose] = useShortcutChoice();
  /** Space opened the microphone, so Space closes it. One that was on before is left alone. */
  const talking = useRef(false);

  useShortcuts({
    on,
    who: room.me,
    onTalk: (down) => {
      if (down && room.microphone === 'off') {
        talking.current = true;
        actions.setMicrophone(true);
      } else if (!down && talking.current) {
        talking.current = false;
        actions.setMicrophone(false);
      }
    },
    onKey: (shortcut) => {
      const { current } = room.session.agenda;
      switch (shortcut) {
        case 'microphone':
          talking.current = false;
          return actions.setMicrophone(room.microphone !== 'on');
        case 'camera':
          return actions.setCamera(room.camera !== 'on');
        case 'list':
          return onList();
        case 'letIn': {
          const first = room.door.find((entry) => !entry.busy);
          return first === undefined ? undefined : letIn([first.personId]);
        }
        case 'next':
          return current === null ? undefined : actions.next();
        case 'addTwo':
          return current === null ? undefined : actions.addMinutes(2);
        case 'pause':
          if (current === null) return;
          return current.pausedAt === null ? actions.pause() : actions.resume();
      }
    },
  });
  return { on, choose };
}
