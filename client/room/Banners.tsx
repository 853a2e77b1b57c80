import { useEffect, useState } from 'react';

import type { RoomView } from '../live/screens.ts';
import { Banner } from '../ui/Banner.tsx';
import { Button, IconButton } from '../ui/Button.tsx';
import { PictureBanner } from './PictureBanner.tsx';

/** What floats above the room: one's own line first, then what has to be said. They push nothing. */
export function Banners(props: {
  room: RoomView;
  onSoundOnly(on: boolean): void;
  onStartAudio(): void;
  onDismiss(): void;
}) {
  const { room, onSoundOnly, onStartAudio, onDismiss } = props;
  return (
    <div className="banners" aria-live="polite">
      <LineBanner room={room} onSoundOnly={() => onSoundOnly(true)} />
      {room.media === 'connected' && <PictureBanner room={room} onSoundOnly={onSoundOnly} />}
      {room.audioBlocked && (
        <Banner
          icon="speaker"
          action={
            <Button size="small" look="lamp" onClick={onStartAudio}>
              Turn sound on
            </Button>
          }
        >
          <b>You can’t hear the group yet.</b> Your browser keeps the sound off until you press here.
        </Banner>
      )}
      {room.notice !== null && (
        <Banner icon="info" action={<IconButton icon="x" name="Close this message" look="quiet" onClick={onDismiss} />}>
          {room.notice}
        </Banner>
      )}
    </div>
  );
}

function LineBanner({ room, onSoundOnly }: { room: RoomView; onSoundOnly(): void }) {
  if (room.media === 'reconnecting') {
    const soundOnly = (room.camera === 'on' || room.pictures.by === 'line') && (
      <Button size="small" onClick={onSoundOnly}>
        Sound only
      </Button>
    );
    return (
      <Banner icon="wifi" action={soundOnly}>
        <b>Your connection dropped.</b> We’re getting you back; your seat is kept. <Seconds />
      </Banner>
    );
  }
  if (room.media === 'connecting') return <Banner icon="lock">Connecting picture and sound, encrypted.</Banner>;
  if (room.connection === 'reconnecting') {
    return (
      <Banner icon="wifi">
        <b>Out of touch with our server.</b> Picture and sound go on. The agenda follows in a moment.
      </Banner>
    );
  }
  if (room.connection === 'notStoring') {
    return (
      <Banner icon="info">
        <b>Our server can’t save changes right now.</b> Picture and sound go on. What you press is kept and done as soon
        as it can.
      </Banner>
    );
  }
  if (room.connection === 'notLinked') {
    return (
      <Banner icon="info">
        <b>Parts of our server are out of touch.</b> Picture and sound go on. Changes may come a few seconds late.
      </Banner>
    );
  }
  return null;
}

/** How long it has been; not read out, since it changes every second. */
function Seconds() {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = window.setInterval(() => setSeconds((before) => before + 1), 1000);
    return () => window.clearInterval(timer);
  }, []);
  return (
    <span className="num" aria-hidden="true">
      {seconds > 0 ? `${seconds} s` : ''}
    </span>
  );
}
