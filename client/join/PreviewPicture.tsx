import type { DeviceState, Preview } from '../live/screens.ts';
import { Avatar } from '../ui/Avatar.tsx';
import { Icon } from '../ui/Icon.tsx';
import { SelfPicture } from '../ui/SelfPicture.tsx';

/** One's own picture as the group will see it, with the two switches on it. */
export function PreviewPicture(props: {
  preview: Preview;
  name: string;
  onSet(kind: 'camera' | 'microphone', on: boolean): void;
}) {
  const { preview, name, onSet } = props;
  const { camera, microphone, stream } = preview;
  const filming = camera === 'on' && stream !== null;
  return (
    <div className="preview" data-theme="dusk">
      {filming ? <SelfPicture stream={stream} /> : <NoPicture starting={camera === 'starting'} name={name} />}
      <p className="preview-plate">
        <b>{name}</b>
        <span>{filming ? 'Only you see this' : 'No picture'}</span>
      </p>
      <div className="preview-buttons">
        <Switch kind="microphone" state={microphone} onSet={onSet} />
        <Switch kind="camera" state={camera} onSet={onSet} />
      </div>
    </div>
  );
}

function NoPicture({ starting, name }: { starting: boolean; name: string }) {
  return (
    <div className="no-picture">
      {name !== 'You' && <Avatar name={name} rem={5} />}
      <p>{starting ? 'Starting your camera. Your browser may ask you first.' : 'Your camera is off.'}</p>
    </div>
  );
}

function Switch(props: {
  kind: 'camera' | 'microphone';
  state: DeviceState;
  onSet(kind: 'camera' | 'microphone', on: boolean): void;
}) {
  const { kind, state, onSet } = props;
  const on = state === 'on';
  const icons = looks[kind];
  const off = !on && state !== 'starting';
  return (
    <button type="button" className={off ? 'preview-switch off' : 'preview-switch'} onClick={() => onSet(kind, !on)}>
      <Icon name={off ? icons.off : icons.on} />
      <span>
        {icons.word} {off ? 'off' : on ? 'on' : 'starting'}
        <span className="sr">
          , turn the {kind} {on ? 'off' : 'on'}
        </span>
      </span>
    </button>
  );
}

const looks = {
  camera: { on: 'cam', off: 'camOff', word: 'Camera' },
  microphone: { on: 'mic', off: 'micOff', word: 'Mic' },
} as const;
