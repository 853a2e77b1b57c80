import type { Invitation } from '#shared/api.ts';

import type { Preview, PreviewActions, Waiting } from '../live/screens.ts';
import { Banner } from '../ui/Banner.tsx';
import { BrandMark } from '../ui/BrandMark.tsx';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { telephone } from '../ui/telephone.ts';
import { useScreenStart } from '../ui/useScreenStart.ts';

import { Arch } from './Arch.tsx';
import { noDevicesYet } from './devicesYet.ts';
import { SelfBar } from './SelfBar.tsx';
import { waitingWords } from './waitingWords.ts';
import './waiting.css';

/** The waiting room: dusk already, the light of the room behind an arch, and nothing to press. */
export function WaitingPage(props: {
  invitation: Invitation;
  waiting: Waiting;
  preview: Preview | null;
  actions: PreviewActions;
  onLeave(): void;
}) {
  const { invitation, waiting, preview, actions, onLeave } = props;
  const { session } = invitation;
  const heading = useScreenStart('Waiting room');
  const { chip, title, lead } = waitingWords(invitation, waiting.stage);
  const family = invitation.role === 'caregiver' || invitation.role === 'attendee';
  return (
    <div className="waiting-page" data-theme="dusk">
      <header className="waiting-top">
        <BrandMark />
        <p>
          <b>{session.label}</b> <span className="muted">· {session.title}</span>
        </p>
        <span className="chip outline">
          <Icon name="lock" />
          Encrypted · not recorded
        </span>
      </header>
      <main className="waiting-room">
        <Arch open={waiting.stage === 'entering'} />
        <div className="waiting-text">
          <output className="chip lamp">
            <Icon name="door" />
            {chip}
          </output>
          <h1 className="voice" ref={heading} tabIndex={-1}>
            {title}
          </h1>
          <p className="lead">{lead}</p>
          {family && waiting.stage !== 'entering' && <WhileYouWait late={session.phase === 'running'} />}
          <SelfBar name={invitation.name ?? 'You'} preview={preview ?? noDevicesYet} actions={actions} />
          <div className="waiting-foot">
            {session.helpPhone !== null && (
              <a className="btn outline" href={telephone(session.helpPhone)}>
                <Icon name="phone" />
                {session.helpPhone}
              </a>
            )}
            <Button look="quiet" icon="leave" onClick={onLeave}>
              Leave
            </Button>
          </div>
        </div>
      </main>
      <div className="waiting-banner" aria-live="polite">
        {waiting.connection === 'reconnecting' && (
          <Banner icon="wifi">
            <b>Your connection dropped.</b> We’re getting you back; your place at the door is kept.
          </Banner>
        )}
      </div>
    </div>
  );
}

function WhileYouWait({ late }: { late: boolean }) {
  return (
    <ul className="waiting-cards">
      <li>
        <Icon name="clock" />
        <p>
          <b>Late? That’s fine.</b>
          {late ? 'The group has begun. ' : ''}Come in whenever you can. Nobody will ask why.
        </p>
      </li>
      <li>
        <Icon name="cup" />
        <p>
          <b>While you wait</b>
          Something to drink, and headphones if someone’s asleep next door.
        </p>
      </li>
    </ul>
  );
}
