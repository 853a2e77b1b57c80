import { useEffect, useEffectEvent, useState } from 'react';

import type { Preview, PreviewActions } from '../live/screens.ts';
import { Button } from '../ui/Button.tsx';
import { DeviceDialog } from '../ui/DeviceDialog.tsx';
import { troubleOf } from '../ui/deviceHelp.ts';
import { Icon } from '../ui/Icon.tsx';
import { LevelMeter } from '../ui/LevelMeter.tsx';

import { PreviewPicture } from './PreviewPicture.tsx';
import { PreviewTrouble } from './PreviewTrouble.tsx';

/** Camera, microphone and speaker, tried before anybody else can see or hear. */
export function CameraCheck(props: { preview: Preview; actions: PreviewActions; name: string }) {
  const { preview, actions, name } = props;
  const [choosing, setChoosing] = useState(false);
  const [withoutIt, setWithoutIt] = useState(false);
  const trouble = troubleOf(preview, navigator.userAgent);
  const start = useEffectEvent(() => actions.start());
  useEffect(() => start(), []);
  return (
    <section className="camera-check" aria-label="Camera and sound check">
      {trouble !== null && !withoutIt ? (
        <PreviewTrouble
          trouble={trouble}
          onRetry={() => actions.retry()}
          onWithout={() => {
            if (trouble.what !== 'microphone') actions.setOn('camera', false);
            if (trouble.what !== 'camera') actions.setOn('microphone', false);
            setWithoutIt(true);
          }}
        />
      ) : (
        <PreviewPicture
          preview={preview}
          name={name}
          onSet={(kind, on) => {
            setWithoutIt(false);
            actions.setOn(kind, on);
          }}
        />
      )}
      <div className="checks">
        <Hearing preview={preview} actions={actions} />
        <div className="device">
          <span className="device-icon">
            <Icon name="speaker" />
          </span>
          <div>
            <b>Can you hear us?</b>
            <button type="button" className="lnk" onClick={() => actions.playSound()}>
              Play a sound
            </button>
          </div>
        </div>
        <Button look="quiet" icon="settings" onClick={() => setChoosing(true)}>
          Devices
        </Button>
      </div>
      <p className="check-first small soft">
        New device or network? <a href="/check#back">Test your connection first</a>
      </p>
      {choosing && <DeviceDialog devices={preview} actions={actions} onClose={() => setChoosing(false)} />}
    </section>
  );
}

function Hearing({ preview, actions }: { preview: Preview; actions: PreviewActions }) {
  const on = preview.microphone === 'on';
  return (
    <div className="device">
      <span className={on ? 'device-icon ok' : 'device-icon'}>
        <Icon name={on ? 'mic' : 'micOff'} />
      </span>
      <div>{on ? <LevelMeter level={() => actions.level()} /> : <SilentWords preview={preview} />}</div>
    </div>
  );
}

function SilentWords({ preview }: { preview: Preview }) {
  if (preview.microphone === 'starting') {
    return (
      <>
        <b>Microphone</b>
        <span className="muted">Your browser may ask you first</span>
      </>
    );
  }
  return (
    <>
      <b>{preview.microphone === 'off' ? 'Your microphone is off' : 'No microphone yet'}</b>
      <span className="muted">You’ll hear the group either way</span>
    </>
  );
}
