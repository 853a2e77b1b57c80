import type { Invitation } from '#shared/api.ts';

import { EveningSheet } from '../agenda/EveningSheet.tsx';
import type { Actions, RoomView } from '../live/screens.ts';
import { DeviceDialog } from '../ui/DeviceDialog.tsx';
import { Dialog } from '../ui/Dialog.tsx';

import { LeaveDialog } from './LeaveDialog.tsx';
import { MoreMenu } from './MoreMenu.tsx';
import { NotYetDialog } from './NotYetDialog.tsx';
import { ShortcutsDialog } from './ShortcutsDialog.tsx';
import type { StaffParts } from './staffParts.ts';
import { TrustDialog } from './TrustDialog.tsx';

/** What is open over the room: one thing at a time. */
export type Open = 'more' | 'devices' | 'trust' | 'shortcuts' | 'notYet' | 'leave' | 'end' | 'evening';

/** The dialog that is open. */
export function RoomDialogs(props: {
  open: Open;
  setOpen(open: Open | null): void;
  invitation: Invitation;
  room: RoomView;
  actions: Actions;
  staffParts: StaffParts;
  ownHidden: boolean;
  onHideOwn(hidden: boolean): void;
  shortcutsOn: boolean;
  onShortcuts(on: boolean): void;
}) {
  const { open, setOpen, invitation, room, actions, ownHidden, onHideOwn } = props;
  const { AgendaConsole, EndDialog } = props.staffParts;
  const { session: card } = invitation;
  const close = () => setOpen(null);
  const now = () => actions.now();
  switch (open) {
    case 'more':
      return (
        <MoreMenu
          ownHidden={ownHidden}
          picturesOff={room.pictures.level === 'none'}
          helpPhone={card.helpPhone}
          onClose={close}
          onChoose={(choice) => {
            if (choice === 'hideOwn') onHideOwn(!ownHidden);
            if (choice === 'soundOnly') actions.setSoundOnly(room.pictures.level !== 'none');
            setOpen(choice === 'hideOwn' || choice === 'soundOnly' ? null : choice);
          }}
        />
      );
    case 'devices':
      return <DeviceDialog devices={room.preview} actions={actions.preview} onClose={close} />;
    case 'trust':
      return (
        <TrustDialog
          trust={room.trust}
          organisation={card.organisation}
          onShowWords={() => actions.showWords()}
          onClose={close}
        />
      );
    case 'shortcuts':
      return (
        <ShortcutsDialog
          isStaff={room.me.isStaff}
          on={props.shortcutsOn}
          onSwitch={props.onShortcuts}
          onClose={close}
        />
      );
    case 'notYet':
      return <NotYetDialog onClose={close} />;
    case 'leave':
      return (
        <LeaveDialog
          isLead={room.me.isLead}
          onLeave={() => actions.leave()}
          onEnd={() => setOpen('end')}
          onClose={close}
        />
      );
    case 'end':
      return <EndDialog onEnd={() => actions.end()} onClose={close} />;
    case 'evening':
      return room.me.isStaff ? (
        <Dialog title="The agenda" kind="sheet" onClose={close}>
          <AgendaConsole room={room} timeZone={card.timeZone} actions={actions} onEnd={() => setOpen('end')} />
        </Dialog>
      ) : (
        <EveningSheet
          session={room.session}
          leadName={room.leadName}
          timeZone={card.timeZone}
          now={now}
          onClose={close}
        />
      );
  }
}
