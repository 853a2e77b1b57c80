import type { ComponentType } from 'react';

import type { PersonId } from '#shared/session/state.ts';

import type { Actions, DoorEntry, RoomView } from '../live/screens.ts';

export type SheetTab = 'people' | 'agenda';

type ConsoleProps = { room: RoomView; timeZone: string; actions: Actions; onEnd(): void };

type SheetProps = ConsoleProps & {
  tab: SheetTab;
  onTab(tab: SheetTab): void;
  onLetIn(personIds: PersonId[]): void;
  onClose(): void;
};

/** What staff have beyond families. The page hands it to the room (it is in client/facilitator), which knows no more of it. */
export type StaffParts = {
  AgendaConsole: ComponentType<ConsoleProps>;
  FacilitatorSheet: ComponentType<SheetProps>;
  PeopleConsole: ComponentType<{ room: RoomView; now(): number; onLetIn(personIds: PersonId[]): void }>;
  DeviceQuestion: ComponentType<{ entry: DoorEntry; onYes(): void; onNo(): void }>;
  EndDialog: ComponentType<{ onEnd(): void; onClose(): void }>;
};
