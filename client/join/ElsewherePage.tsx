import type { Invitation } from '#shared/api.ts';

import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';

import { StatePage } from './StatePage.tsx';

/** Somebody joins while they are already there with another device or browser: it asks which one to use. */
export function ElsewherePage(props: { invitation: Invitation; onUseThisDevice(): void }) {
  const { invitation, onUseThisDevice } = props;
  const lead = invitation.session.leads[0]?.name ?? 'Your facilitator';
  return (
    <StatePage
      tab="On another device"
      icon="device"
      title="You’re already here on another device"
      lead="One link, one seat. Which device would you like to use?"
      helpPhone={invitation.session.helpPhone}
    >
      <div className="note">
        <Icon name="door" />
        <p>If you use this one, the other leaves the room. {lead} may need to let this one in first.</p>
      </div>
      <div className="state-buttons">
        <Button look="primary" size="big" onClick={onUseThisDevice}>
          Use this device
        </Button>
      </div>
      <p className="muted">To stay on the other one, just close this page.</p>
    </StatePage>
  );
}
