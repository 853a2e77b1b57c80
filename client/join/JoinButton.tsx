import type { Invitation } from '#shared/api.ts';
import { isStaff } from '#shared/session/roles.ts';

import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';

import { leftToDo } from './joinForm.ts';
import type { JoinFormState } from './useJoinForm.ts';

/** The one main action, what is still open for it, and what the last try said. */
export function JoinButton(props: {
  invitation: Invitation;
  state: JoinFormState;
  busy: boolean;
  problem: string | null;
}) {
  const { invitation, state, busy, problem } = props;
  const left = leftToDo(state.missing);
  return (
    <div className="join-action">
      {problem !== null && (
        <p className="note clay" role="alert">
          <Icon name="alert" />
          <span>{problem}</span>
        </p>
      )}
      <Button look="primary" size="big" wide busy={busy} onClick={() => state.submit()}>
        {busy ? 'One moment…' : joinText(invitation)}
      </Button>
      <p className="hint" role={left === null ? undefined : 'alert'}>
        {left ?? hintText(invitation)}
      </p>
    </div>
  );
}

function joinText(invitation: Invitation): string {
  return invitation.kind === 'taster' ? 'Join the taster' : 'Join the group';
}

function hintText(invitation: Invitation): string {
  if (isStaff(invitation.role)) {
    return 'Nobody is let in before you are there.';
  }
  const lead = invitation.session.leads[0]?.name ?? 'Your facilitator';
  const taster = invitation.kind === 'taster' ? ' You don’t need an account or an app.' : '';
  return `${lead} lets you in from the waiting room.${taster}`;
}
