import { memo, Suspense, useDeferredValue, useEffect, useSyncExternalStore } from 'react';
import { isStaff } from '#shared/session/roles.ts';
import { ElsewherePage } from './join/ElsewherePage.tsx';
import { EndedPage } from './join/EndedPage.tsx';
import { JoinPage } from './join/JoinPage.tsx';
import { LeftPage } from './join/LeftPage.tsx';
import { OpeningPage } from './join/OpeningPage.tsx';
import { OtherDevicePage } from './join/OtherDevicePage.tsx';
import { RefusedPage } from './join/RefusedPage.tsx';
import { WaitingPage } from './join/WaitingPage.tsx';
import type { Live } from './live/live.ts';
import type { Actions, Screen } from './live/screens.ts';
import type { StaffParts } from './room/staffParts.ts';
import { Boundary } from './ui/Boundary.tsx';
import { later, whenIdle } from './ui/later.tsx';

const room = later(() => import('./room/Room.tsx').then((module) => module.Room));
/** Staff's tools are pages of their own, so that a family's browser never loads them. */
const staff = {
  AgendaConsole: later(() => import('./facilitator/AgendaConsole.tsx').then((module) => module.AgendaConsole)),
  FacilitatorSheet: later(() => import('./facilitator/FacilitatorSheet.tsx').then((module) => module.FacilitatorSheet)),
  PeopleConsole: later(() => import('./facilitator/PeopleConsole.tsx').then((module) => module.PeopleConsole)),
  DeviceQuestion: later(() => import('./facilitator/DeviceQuestion.tsx').then((module) => module.DeviceQuestion)),
  EndDialog: later(() => import('./facilitator/EndDialog.tsx').then((module) => module.EndDialog)),
};
const staffParts: StaffParts = {
  AgendaConsole: staff.AgendaConsole.Part,
  FacilitatorSheet: staff.FacilitatorSheet.Part,
  PeopleConsole: staff.PeopleConsole.Part,
  DeviceQuestion: staff.DeviceQuestion.Part,
  EndDialog: staff.EndDialog.Part,
};

/** Pages that hardly anybody ever comes to. */
const inAppBrowserPage = later(() => import('./join/InAppBrowserPage.tsx').then((module) => module.InAppBrowserPage));
const unsupportedPage = later(() => import('./join/UnsupportedPage.tsx').then((module) => module.UnsupportedPage));
const otherTabPage = later(() => import('./join/OtherTabPage.tsx').then((module) => module.OtherTabPage));

const brokenPage =
  'This page could not be shown. Your camera and microphone are off, and your seat is kept. Reload it.';

/** Draws the screen that the live store says, and nothing of its own. */
export function App({ live }: { live: Live }) {
  const screen = useSyncExternalStore(live.subscribe, live.screen);
  // Drawn in small steps: a whole room at once would keep the connection of media waiting, and pictures with it.
  const drawn = useDeferredValue(screen);
  const roomIsNext = screen.at === 'join' || screen.at === 'waiting';
  const forStaff = 'invitation' in screen && isStaff(screen.invitation.role);
  // Loaded while somebody looks at these pages: whoever is let in finds the room there.
  useEffect(() => (roomIsNext ? whenIdle(() => loadRoom(forStaff)) : undefined), [roomIsNext, forStaff]);
  return (
    <Boundary onCaught={live.actions.giveUp} fallback={<RefusedPage code="broken" say={brokenPage} />}>
      <Suspense fallback={<OpeningPage />}>
        <Drawn screen={drawn} actions={live.actions} />
      </Suspense>
    </Boundary>
  );
}

const Drawn = memo(function Drawn({ screen, actions }: { screen: Screen; actions: Actions }) {
  switch (screen.at) {
    case 'opening':
      return <OpeningPage />;
    case 'refused':
      return <RefusedPage code={screen.code} say={screen.say} />;
    case 'inApp':
      return <inAppBrowserPage.Part app={screen.app} link={window.location.href} />;
    case 'unsupported':
      return <unsupportedPage.Part link={window.location.href} />;
    case 'join': {
      const preview = actions.previewState();
      if (preview === null) return <OpeningPage />;
      const { invitation, busy, problem } = screen;
      const props = {
        invitation,
        preview,
        busy,
        problem,
        actions: actions.preview,
        onJoin: actions.join,
        now: actions.now,
      };
      return <JoinPage {...props} />;
    }
    case 'elsewhere':
      return <ElsewherePage invitation={screen.invitation} onUseThisDevice={actions.useThisDevice} />;
    case 'otherTab':
      return <otherTabPage.Part onUseThisTab={actions.useThisTab} />;
    case 'otherDevice':
      return <OtherDevicePage onUseThisDevice={actions.useThisDevice} />;
    case 'waiting': {
      const preview = actions.previewState();
      if (preview === null) return <OpeningPage />;
      const { invitation, waiting } = screen;
      const props = { invitation, waiting, preview, actions: actions.preview, onLeave: actions.leave };
      return <WaitingPage {...props} />;
    }
    case 'room':
      return <room.Part invitation={screen.invitation} room={screen.room} actions={actions} staffParts={staffParts} />;
    case 'left':
      return <LeftPage invitation={screen.invitation} onComeBack={actions.comeBack} />;
    case 'ended':
      return <EndedPage invitation={screen.invitation} />;
  }
});

function loadRoom(forStaff: boolean): void {
  const parts = [room, ...(forStaff ? Object.values(staff) : [])];
  // What can't be loaded now is asked for again when it is needed, and its failure shown then.
  void Promise.allSettled([import('./media/mediaRoom.ts'), ...parts.map(({ start }) => start())]);
}
