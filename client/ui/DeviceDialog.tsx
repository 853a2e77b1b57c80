import { Button } from './Button.tsx';
import type { DeviceActions, DeviceKind, Devices } from './devices.ts';
import { troubleOf } from './deviceHelp.ts';
import { DeviceTrouble } from './DeviceTrouble.tsx';
import { Dialog } from './Dialog.tsx';
import { LevelMeter } from './LevelMeter.tsx';

const labels: Record<DeviceKind, string> = { camera: 'Camera', microphone: 'Microphone', speaker: 'Speaker' };
const kinds: DeviceKind[] = ['camera', 'microphone', 'speaker'];

/** Chooses camera, microphone and speaker, with a live level and a sound to try. The choice is kept on this device. */
export function DeviceDialog(props: { devices: Devices; actions: DeviceActions; onClose(): void }) {
  const { devices, actions, onClose } = props;
  const trouble = troubleOf(devices, navigator.userAgent);
  return (
    <Dialog title="Camera and sound" kind="narrow" onClose={onClose} footer={<Button onClick={onClose}>Done</Button>}>
      {trouble !== null && (
        <div className="note lamp">
          <span />
          <div>
            <b>{trouble.title}</b>
            <DeviceTrouble trouble={trouble} />
            <Button size="small" onClick={() => actions.retry()}>
              Try again
            </Button>
          </div>
        </div>
      )}
      <div className="device-fields">
        {kinds.map((kind) => (
          <DeviceField key={kind} kind={kind} devices={devices} onChoose={(id) => actions.choose(kind, id)} />
        ))}
      </div>
      <div className="device-sound">
        {devices.microphone === 'on' ? (
          <div>
            <LevelMeter level={() => actions.level()} />
          </div>
        ) : (
          <p className="muted">Your microphone is off.</p>
        )}
        <Button size="small" icon="speaker" onClick={() => actions.playSound()}>
          Play a sound
        </Button>
      </div>
    </Dialog>
  );
}

function DeviceField(props: { kind: DeviceKind; devices: Devices; onChoose(deviceId: string): void }) {
  const { kind, devices, onChoose } = props;
  const options = devices.options[kind];
  const id = `choose-${kind}`;
  if (options.length === 0) {
    return (
      <p className="hint">
        {kind === 'speaker'
          ? 'Sound comes out where this device is set to play it. This browser doesn’t let a page choose.'
          : `${labels[kind]}: none found.`}
      </p>
    );
  }
  return (
    <div className="field">
      <label htmlFor={id}>{labels[kind]}</label>
      <select id={id} value={devices.chosen[kind] ?? ''} onChange={(event) => onChoose(event.currentTarget.value)}>
        {options.map((option) => (
          <option key={option.deviceId} value={option.deviceId}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}
