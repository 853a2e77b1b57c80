import type { Invitation } from '#shared/api.ts';
import type { Ticks } from '#shared/session/state.ts';

import type { Preview, PreviewActions } from '../live/screens.ts';
import { narrowQuery, useMedia } from '../ui/useMedia.ts';
import { useScreenStart } from '../ui/useScreenStart.ts';

import { CameraCheck } from './CameraCheck.tsx';
import { noDevicesYet } from './devicesYet.ts';
import { JoinButton } from './JoinButton.tsx';
import { JoinFields } from './JoinFields.tsx';
import { JoinHead } from './JoinHead.tsx';
import { JoinSteps } from './JoinSteps.tsx';
import { PageTop } from './PageTop.tsx';
import { Promises } from './Promises.tsx';
import { useJoinForm } from './useJoinForm.ts';
import { WhoIsThere } from './WhoIsThere.tsx';
import './join.css';
import './states.css';

export type JoinProps = {
  invitation: Invitation;
  /** Null while the devices have not been asked for. */
  preview: Preview | null;
  actions: PreviewActions;
  busy: boolean;
  /** Why the last try to join failed, in words; null where it did not. */
  problem: string | null;
  onJoin(choice: { name: string | null; ticks: Ticks }): void;
  /** Server time, ms since 1970. */
  now(): number;
};

/** Where a link opens: who leads, when, camera and sound, the promises, and Join. On a phone one idea per screen. */
export function JoinPage(props: JoinProps) {
  const { invitation, actions, busy, problem } = props;
  const preview = props.preview ?? noDevicesYet;
  const state = useJoinForm(invitation, (choice) => props.onJoin(choice));
  const heading = useScreenStart('Join');
  const narrow = useMedia(narrowQuery);
  const now = () => props.now();
  const button = <JoinButton invitation={invitation} state={state} busy={busy} problem={problem} />;
  const check = (
    <CameraCheck preview={preview} actions={actions} name={invitation.name ?? (state.form.name.trim() || 'You')} />
  );
  return (
    <div className="page">
      <PageTop helpPhone={invitation.session.helpPhone} />
      {narrow ? (
        <JoinSteps
          hasFields={state.fields.length > 0}
          welcome={
            <>
              <JoinHead card={invitation.session} heading={heading} now={now} />
              <WhoIsThere invitation={invitation} />
              <Promises />
            </>
          }
          check={check}
          fields={<JoinFields invitation={invitation} state={state} />}
          button={button}
        />
      ) : (
        <main className="join wrap">
          <JoinHead card={invitation.session} heading={heading} now={now} />
          <div className="join-grid">
            <div>
              {check}
              <WhoIsThere invitation={invitation} />
            </div>
            <section className="join-card panel" aria-label="Before you come in">
              <JoinFields invitation={invitation} state={state} />
              {button}
            </section>
          </div>
          <Promises />
        </main>
      )}
    </div>
  );
}
