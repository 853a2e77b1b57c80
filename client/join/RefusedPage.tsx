import type { IconName } from '../ui/Icon.tsx';
import { Button } from '../ui/Button.tsx';

import { StatePage } from './StatePage.tsx';

const looks: Record<string, { icon: IconName; title: string }> = {
  linkUnknown: { icon: 'link', title: 'This link doesn’t open anything' },
  linkExpired: { icon: 'clock', title: 'This link is too old' },
  linkRevoked: { icon: 'link', title: 'This link no longer works' },
  noSession: { icon: 'moon', title: 'Nothing is on at the moment' },
  noLink: { icon: 'link', title: 'Open your own link' },
  signedOut: { icon: 'link', title: 'Open your own link again' },
  notSignedIn: { icon: 'link', title: 'Open your own link again' },
  notLoaded: { icon: 'wifi', title: 'This page did not load' },
  full: { icon: 'door', title: 'This session is full' },
};

/** Refusals that another try may mend. */
const passing = new Set(['broken', 'tooMany', 'badRequest', 'noSession', 'notLoaded']);

/** Why a link does not open, and what to do. `say` comes from the server and holds both. */
export function RefusedPage({ code, say }: { code: string; say: string }) {
  const look = looks[code] ?? { icon: 'door' as const, title: 'We can’t let you in just now' };
  return (
    <StatePage tab="Not open" icon={look.icon} title={look.title} lead={say}>
      {passing.has(code) && (
        <div className="state-buttons">
          <Button look="primary" size="big" onClick={() => window.location.reload()}>
            Try again
          </Button>
        </div>
      )}
    </StatePage>
  );
}
