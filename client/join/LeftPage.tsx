import type { Invitation } from '#shared/api.ts';

import { Button } from '../ui/Button.tsx';

import { StatePage } from './StatePage.tsx';

/** After leaving, while the session goes on. */
export function LeftPage({ invitation, onComeBack }: { invitation: Invitation; onComeBack(): void }) {
  return (
    <StatePage
      tab="Left the room"
      icon="leave"
      title="You’ve left the room"
      lead="Your camera and microphone are off. Your seat is kept."
      helpPhone={invitation.session.helpPhone}
    >
      <div className="state-buttons">
        <Button look="primary" size="big" onClick={onComeBack}>
          Come back
        </Button>
      </div>
      <p className="muted">Done for now? You can close this page.</p>
    </StatePage>
  );
}
