import { lazy, Suspense, useEffect, useSyncExternalStore } from 'react';
import { isStaff } from '#shared/session/roles.ts';
import { ElsewherePage } from './join/ElsewherePage.tsx';
import { EndedPage } from './join/EndedPage.tsx';
import { InAppBrowserPage } from './join/InAppBrowserPage.tsx';
import { JoinPage } from './join/JoinPage.tsx';
import { LeftPage } from './join/LeftPage.tsx';
import { OpeningPage } from './join/OpeningPage.tsx';
import { OtherDevicePage } from './join/OtherDevicePage.tsx';
import { OtherTabPage } from './join/OtherTabPage.tsx';
import { RefusedPage } from './join/RefusedPage.tsx';
import { UnsupportedPage } from './join/UnsupportedPage.tsx';
import { WaitingPage } from './join/WaitingPage.tsx';
import type { Live } from './live/live.ts';
import type { Actions, Screen } from './live/screens.ts';
import { Boundary } from './ui/Boundary.tsx';

const loadRoom = () => import('./room/Room.tsx');
const loadConsole = () => import('./facilitator/AgendaConsole.tsx');
const loadSheet = () => import('./facilitator/FacilitatorSheet.tsx');

const Room = lazy(() => loadRoom().then((module) => ({ default: module.Room })));
/** Staff's tools are pages of their own, so that a family's browser never loads them. */
const staffParts = {
  AgendaConsole: lazy(() => loadConsole().then((module) => ({ default: module.AgendaConsole }))),
  FacilitatorSheet: lazy(() => loadSheet().then((module) => ({ default: module.FacilitatorSheet }))),
};

const brokenPage =
  'This page could not be shown. Your camera and microphone are off, and your seat is kept. Reload it.';

/** Draws the screen that the live store says, and nothing of its own. */
export function App({ live }: { live: Live }) {
  const screen = useSyncExternalStore(live.subscribe, live.screen);
  useEffect(() => {
    // Whoever waits will need the room next.
    if (screen.at !== 'waiting') return;
    void loadRoom();
    if (isStaff(screen.invitation.role)) void Promise.all([loadConsole(), loadSheet()]);
  }, [screen]);
  return (
    <Boundary onCaught={live.actions.giveUp} fallback={<RefusedPage code="broken" say={brokenPage} />}>
      <Suspense fallback={<OpeningPage />}>{draw(screen, live.actions)}</Suspense>
    </Boundary>
  );
}

function draw(screen: Screen, actions: Actions) {
  switch (screen.at) {
    case 'opening':
      return <OpeningPage />;
    case 'refused':
      return <RefusedPage code={screen.code} say={screen.say} />;
    case 'inApp':
      return <InAppBrowserPage app={screen.app} link={window.location.href} />;
    case 'unsupported':
      return <UnsupportedPage link={window.location.href} />;
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
      return <OtherTabPage onUseThisTab={actions.useThisTab} />;
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
      return <Room invitation={screen.invitation} room={screen.room} actions={actions} staffParts={staffParts} />;
    case 'left':
      return <LeftPage invitation={screen.invitation} onComeBack={actions.comeBack} />;
    case 'ended':
      return <EndedPage invitation={screen.invitation} />;
  }
}
