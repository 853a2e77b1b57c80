import { useEffect, useRef, useState } from 'react';

import type { RoomView } from '../live/screens.ts';
import { useAnnounce } from '../ui/Announcer.tsx';
import { Banner } from '../ui/Banner.tsx';
import { Button, IconButton } from '../ui/Button.tsx';

/** Says why there are fewer pictures or none, and offers the other way. It can be put away; the tiles still say it. */
export function PictureBanner(props: { room: RoomView; onSoundOnly(on: boolean): void }) {
  const { room, onSoundOnly } = props;
  const { level, by } = room.pictures;
  const now = `${level} ${by}`;
  const [closed, setClosed] = useState<string | null>(null);
  // What comes next is news again.
  if (closed !== null && closed !== now) setClosed(null);
  useReturn(level);
  if (level === 'all' || closed === now) return null;
  return (
    <Banner
      icon={by === 'person' ? 'speaker' : 'wifi'}
      action={
        <>
          <Button size="small" onClick={() => onSoundOnly(level === 'fewer')}>
            {level === 'fewer' ? 'Sound only' : 'Turn pictures back on'}
          </Button>
          <IconButton icon="x" name="Close this message" look="quiet" onClick={() => setClosed(now)} />
        </>
      }
    >
      <Words room={room} />
    </Banner>
  );
}

function Words({ room }: { room: RoomView }) {
  const { level, by } = room.pictures;
  if (by === 'person') {
    return (
      <>
        <b>Sound only:</b> you hear everyone; pictures are off to save your connection.
      </>
    );
  }
  if (level === 'fewer') {
    return (
      <>
        <b>Your connection is weak.</b> Showing fewer pictures so that the sound stays good.
      </>
    );
  }
  return (
    <>
      <b>Your connection is very weak.</b> Pictures are off so that the sound stays good. We’ll try them again by
      ourselves.{room.camera === 'on' && ' Turning your camera off helps, too.'}
    </>
  );
}

/** The banner goes without a word; that the pictures are back is said to whoever doesn't see them. */
function useReturn(level: RoomView['pictures']['level']): void {
  const announce = useAnnounce();
  const before = useRef(level);
  useEffect(() => {
    if (level === 'all' && before.current !== 'all') announce('All pictures are back.');
    before.current = level;
  }, [level, announce]);
}
