import type { Invitation } from '#shared/api.ts';

import { Icon, type IconName } from '../ui/Icon.tsx';

import { StatePage } from './StatePage.tsx';

type Step = { icon: IconName; title: string; text: string };

/** After the session: calm, nothing to do, and where to turn. */
export function EndedPage({ invitation }: { invitation: Invitation }) {
  const { session, name } = invitation;
  return (
    <StatePage
      tab="Ended"
      icon="moon"
      title={titleFor(invitation, name)}
      lead="You’re out of the room. Your camera and microphone are off."
      helpPhone={session.helpPhone}
    >
      <ul className="panel next-steps">
        {stepsFor(invitation).map(({ icon, title, text }) => (
          <li key={title}>
            <Icon name={icon} />
            <span>
              <b>{title}</b>
              {text}
            </span>
          </li>
        ))}
      </ul>
    </StatePage>
  );
}

function titleFor({ kind, session }: Invitation, name: string | null): string {
  if (kind === 'taster') return name === null ? 'Thank you for coming' : `Thank you for coming, ${name}`;
  const label = session.label.charAt(0).toLowerCase() + session.label.slice(1);
  return `That’s ${label}. Thank you for being here.`;
}

function stepsFor({ kind, role, session }: Invitation): Step[] {
  const lead = session.leads[0]?.name ?? 'your facilitator';
  const steps: Step[] = [
    { icon: 'moon', title: 'Take a breath', text: 'Nothing more to do. You can close this page.' },
  ];
  if (kind === 'taster') {
    steps.push({
      icon: 'heart',
      title: 'Nothing to decide',
      text: 'That’s what a session feels like. Take your time.',
    });
  } else if (role === 'caregiver') {
    steps.push({ icon: 'link', title: 'Keep your link', text: 'The same link opens the next session.' });
  } else {
    steps.push({
      icon: 'shield',
      title: 'The room is closed',
      text: 'Everybody has left it. Nothing of it was recorded.',
    });
  }
  if (session.helpPhone !== null && (role === 'caregiver' || role === 'attendee')) {
    steps.push({
      icon: 'phone',
      title: 'Something on your mind?',
      text: `Ring ${session.helpPhone} and ask for ${lead}.`,
    });
  }
  return steps;
}
