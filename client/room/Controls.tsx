import type { DeviceState, RoomView } from '../live/screens.ts';
import { Icon, type IconName } from '../ui/Icon.tsx';

import type { RoomLayout } from './useRoomLayout.ts';

export type Panel = 'devices' | 'more' | 'people';

/** Microphone, camera, the rest, and the way out. On a phone *Leave* stands in the top bar. */
export function Controls(props: {
  layout: RoomLayout;
  microphone: DeviceState;
  camera: DeviceState;
  pictures: RoomView['pictures']['level'];
  /** How many wait at the door; null where the people have a column of their own. */
  waiting: number | null;
  peopleOpen: boolean;
  onMicrophone(on: boolean): void;
  onCamera(on: boolean): void;
  /** Turns the others' pictures back on. */
  onPictures(): void;
  onPanel(panel: Panel): void;
  onLeave(): void;
}) {
  const { layout, microphone, camera, pictures, waiting, peopleOpen } = props;
  const { onMicrophone, onCamera, onPictures, onPanel, onLeave } = props;
  const small = layout === 'phone' || layout === 'low';
  const trouble = () => onPanel('devices');
  return (
    <nav className="room-controls" aria-label="Your controls">
      <Toggle kind="microphone" state={microphone} small={small} onSet={onMicrophone} onTrouble={trouble} />
      <Toggle kind="camera" state={camera} small={small} onSet={onCamera} onTrouble={trouble} />
      {pictures === 'none' && (
        <button type="button" className="control on" onClick={onPictures}>
          <Icon name="eyeOff" />
          <span>
            Sound only<span className="sr">, turn pictures back on</span>
          </span>
        </button>
      )}
      {!small && <span className="controls-gap" />}
      {waiting !== null && (
        <button
          type="button"
          className={peopleOpen ? 'control on' : 'control'}
          aria-expanded={peopleOpen}
          onClick={() => onPanel('people')}
        >
          <Icon name="pair" />
          {waiting > 0 && (
            <span className="dot num">
              {waiting}
              <span className="sr"> waiting, </span>
            </span>
          )}
          People
        </button>
      )}
      {!small && (
        <button type="button" className="control" onClick={() => onPanel('devices')}>
          <Icon name="settings" />
          Devices
        </button>
      )}
      <button type="button" className="control" onClick={() => onPanel('more')}>
        <Icon name="more" />
        More
      </button>
      {layout !== 'phone' && (
        <button type="button" className="control leave" onClick={onLeave}>
          <Icon name="leave" />
          Leave
        </button>
      )}
    </nav>
  );
}

type Kind = 'microphone' | 'camera';

const looks: Record<Kind, { on: IconName; off: IconName; short: string; long: string }> = {
  microphone: { on: 'mic', off: 'micOff', short: 'Mic', long: 'microphone' },
  camera: { on: 'cam', off: 'camOff', short: 'Camera', long: 'camera' },
};

function Toggle(props: {
  kind: Kind;
  state: DeviceState;
  small: boolean;
  onSet(on: boolean): void;
  onTrouble(): void;
}) {
  const { kind, state, small, onSet, onTrouble } = props;
  const look = looks[kind];
  const on = state === 'on';
  const usable = on || state === 'off';
  const word = stateWord(look.short, state, small && kind === 'camera');
  const press = () => (usable || state === 'starting' ? onSet(!on) : onTrouble());
  return (
    <button type="button" className={on ? 'control on' : 'control off'} onClick={press}>
      <Icon name={on ? look.on : look.off} />
      <span>
        {word}
        <span className="sr">
          {usable ? `, turn the ${look.long} ${on ? 'off' : 'on'}` : state === 'starting' ? '' : ', see what is wrong'}
        </span>
      </span>
    </button>
  );
}

/** On a phone *Camera* alone means on: the longest words don't fit. */
function stateWord(name: string, state: DeviceState, short: boolean): string {
  if (state === 'on') return short ? name : `${name} on`;
  if (state === 'off') return `${name} off`;
  return state === 'starting' ? `${name} …` : `No ${name.toLowerCase()}`;
}
