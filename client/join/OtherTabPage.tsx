import { Button } from '../ui/Button.tsx';

import { StatePage } from './StatePage.tsx';

/** The same link is open in another tab of this browser. */
export function OtherTabPage({ onUseThisTab }: { onUseThisTab(): void }) {
  return (
    <StatePage
      tab="Open in another tab"
      icon="tabs"
      title="The room is open in another tab"
      lead="You can only be in one place at a time, so nobody hears an echo."
    >
      <div className="state-buttons">
        <Button look="primary" size="big" onClick={onUseThisTab}>
          Use this tab instead
        </Button>
      </div>
      <p className="muted">Or close this one and go on in the other.</p>
    </StatePage>
  );
}
