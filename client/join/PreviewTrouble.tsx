import { Button } from '../ui/Button.tsx';
import type { Trouble } from '../ui/deviceHelp.ts';
import { DeviceTrouble } from '../ui/DeviceTrouble.tsx';
import { Icon } from '../ui/Icon.tsx';

const without: Record<Trouble['what'], string> = {
  camera: 'Go on with sound only',
  microphone: 'Go on without a microphone',
  both: 'Go on and only listen',
};

const words: Record<Trouble['what'], string> = {
  camera: 'You can mend it in a moment, or come in with sound only.',
  microphone: 'You can mend it in a moment, or come in and be seen but not heard.',
  both: 'You can mend it in a moment, or come in and only listen.',
};

/** In the picture's place when a device does not work: what it is, how to mend it, and the way on without it. */
export function PreviewTrouble(props: { trouble: Trouble; onRetry(): void; onWithout(): void }) {
  const { trouble, onRetry, onWithout } = props;
  return (
    <div className="trouble panel" role="group" aria-labelledby="trouble-title">
      <div className="trouble-head">
        <span className="state-icon">
          <Icon name={trouble.what === 'microphone' ? 'micOff' : 'camOff'} size="l" />
        </span>
        <div>
          <h2 id="trouble-title">{trouble.title}</h2>
          <p className="soft small">{words[trouble.what]}</p>
        </div>
      </div>
      <DeviceTrouble trouble={trouble} />
      <div className="trouble-buttons">
        <Button onClick={onRetry}>Try again</Button>
        <Button look="outline" onClick={onWithout}>
          {without[trouble.what]}
        </Button>
      </div>
    </div>
  );
}
