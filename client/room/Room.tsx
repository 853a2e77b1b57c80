import { Suspense, useEffect, useState } from 'react';

import type { Invitation } from '#shared/api.ts';

import type { Actions, RoomView } from '../live/screens.ts';
import { useLetIn } from '../people/useLetIn.ts';
import { Announcer } from '../ui/Announcer.tsx';
import { later } from '../ui/later.tsx';
import { useScreenStart } from '../ui/useScreenStart.ts';

import { BackSoonOverlay } from './BackSoonOverlay.tsx';
import { Banners } from './Banners.tsx';
import { Controls, type Panel } from './Controls.tsx';
import type { Open } from './RoomDialogs.tsx';
import { RoomPlan, RoomPlanInline } from './RoomPlan.tsx';
import type { SheetTab, StaffParts } from './staffParts.ts';
import { Tiles } from './Tiles.tsx';
import { TopBar } from './TopBar.tsx';
import { useRoomKeys } from './useRoomKeys.ts';
import { useRoomLayout } from './useRoomLayout.ts';
import { useRoomNews } from './useRoomNews.ts';
import './room.css';
import './roomSmall.css';

const dialogs = later(() => import('./RoomDialogs.tsx').then((module) => module.RoomDialogs));
/** Dialogs come after the call, and before anybody looks for one: they must open without a connection, too. */
const LOAD_DIALOGS_AFTER_MS = 4_000;

type RoomProps = { invitation: Invitation; room: RoomView; actions: Actions; staffParts: StaffParts };

/** The room: always dusk, faces first, the plan beside them. `staffParts`: see there. */
export function Room(props: RoomProps) {
  return (
    <Announcer>
      <RoomInside {...props} />
    </Announcer>
  );
}

function RoomInside({ invitation, room, actions, staffParts }: RoomProps) {
  const card = invitation.session;
  const { me } = room;
  const layout = useRoomLayout();
  const heading = useScreenStart('In the room');
  const [open, setOpen] = useState<Open | null>(null);
  const [sheet, setSheet] = useState<SheetTab | null>(null);
  const [ownHidden, setOwnHidden] = useState(false);
  const { letIn, asked, answered } = useLetIn(room.door, (personIds) => actions.admit(personIds));
  const keys = useRoomKeys({ room, actions, letIn, onList: () => setOpen('shortcuts') });
  const now = () => actions.now();
  useRoomNews(room, card.timeZone, now);
  useEffect(() => {
    const timer = setTimeout(() => void dialogs.start().catch(() => {}), LOAD_DIALOGS_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);

  // On small screens people and agenda share a sheet; elsewhere people have a column of their own.
  const hasSheet = me.isStaff && (layout === 'phone' || layout === 'low');
  const onPanel = (panel: Panel) => {
    if (panel === 'people') setSheet(sheet === null ? 'people' : null);
    else setOpen(panel);
  };
  const openPlan = () => (hasSheet ? setSheet('agenda') : setOpen('evening'));

  return (
    <div
      className={room.media === 'reconnecting' ? 'room frozen' : 'room'}
      data-theme="dusk"
      data-layout={layout}
      data-staff={me.isStaff}
    >
      <a className="skip" href="#people">
        Skip to people
      </a>
      <TopBar
        card={card}
        room={room}
        layout={layout}
        heading={heading}
        now={now}
        onTrust={() => setOpen('trust')}
        onLeave={() => setOpen('leave')}
      >
        {layout === 'low' && <RoomPlanInline room={room} now={now} onOpen={openPlan} />}
      </TopBar>
      {layout !== 'low' && (
        <RoomPlan
          room={room}
          timeZone={card.timeZone}
          layout={layout}
          actions={actions}
          AgendaConsole={staffParts.AgendaConsole}
          onOpen={openPlan}
          onEnd={() => setOpen('end')}
        />
      )}
      <main id="people" tabIndex={-1} className="room-people">
        <Tiles tiles={room.tiles} forStaff={me.isStaff} hideOwn={ownHidden} onLetIn={letIn} />
      </main>
      {me.isStaff && !hasSheet && <staffParts.PeopleConsole room={room} now={now} onLetIn={letIn} />}
      {hasSheet && sheet !== null && (
        <staffParts.FacilitatorSheet
          room={room}
          timeZone={card.timeZone}
          actions={actions}
          tab={sheet}
          onTab={setSheet}
          onLetIn={letIn}
          onEnd={() => setOpen('end')}
          onClose={() => setSheet(null)}
        />
      )}
      <Controls
        layout={layout}
        microphone={room.microphone}
        camera={room.camera}
        pictures={room.pictures.level}
        waiting={hasSheet ? room.door.length : null}
        peopleOpen={sheet !== null}
        onMicrophone={(on) => actions.setMicrophone(on)}
        onCamera={(on) => actions.setCamera(on)}
        onPictures={() => actions.setSoundOnly(false)}
        onPanel={onPanel}
        onLeave={() => setOpen('leave')}
      />
      <Banners
        room={room}
        onSoundOnly={(on) => actions.setSoundOnly(on)}
        onStartAudio={() => actions.startAudio()}
        onDismiss={() => actions.dismissNotice()}
      />
      <Suspense>
        {open !== null && (
          <dialogs.Part
            open={open}
            setOpen={setOpen}
            invitation={invitation}
            room={room}
            actions={actions}
            staffParts={staffParts}
            ownHidden={ownHidden}
            onHideOwn={setOwnHidden}
            shortcutsOn={keys.on}
            onShortcuts={keys.choose}
          />
        )}
        {asked !== null && (
          <staffParts.DeviceQuestion
            key={asked.personId}
            entry={asked}
            onYes={() => actions.admit([asked.personId])}
            onNo={answered}
          />
        )}
      </Suspense>
      {room.backSoon && <BackSoonOverlay onReturn={() => actions.returnFromBackSoon()} />}
    </div>
  );
}
