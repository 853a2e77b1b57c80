import { Button } from '../ui/Button.tsx';

import { StatePage } from './StatePage.tsx';

/** This device was left for another one. */
export function OtherDevicePage({ onUseThisDevice }: { onUseThisDevice(): void }) {
  return (
    <StatePage
      tab="On another device"
      icon="device"
      title="You went on with another device"
      lead="Your link was opened there, so this device left the room. Its camera and microphone are off."
    >
      <div className="state-buttons">
        <Button look="primary" size="big" onClick={onUseThisDevice}>
          Use this device instead
        </Button>
      </div>
      <p className="muted">If that wasn’t you, tell your facilitator: somebody else may have your link.</p>
    </StatePage>
  );
}
