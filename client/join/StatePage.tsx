import type { ReactNode } from 'react';

import { Icon, type IconName } from '../ui/Icon.tsx';
import { useScreenStart } from '../ui/useScreenStart.ts';

import { PageTop } from './PageTop.tsx';
import './states.css';

/** A page with one thing to say: a picture, what happened, what to do. */
export function StatePage(props: {
  /** For the tab; nothing personal. */
  tab: string;
  icon: IconName;
  title: string;
  lead: string;
  helpPhone?: string | null;
  children?: ReactNode;
}) {
  const { tab, icon, title, lead, helpPhone = null, children } = props;
  const heading = useScreenStart(tab);
  return (
    <div className="page">
      <PageTop helpPhone={helpPhone} />
      <main className="state">
        <span className="state-icon">
          <Icon name={icon} size="l" />
        </span>
        <h1 className="voice" ref={heading} tabIndex={-1}>
          {title}
        </h1>
        <p className="lead">{lead}</p>
        {children}
      </main>
    </div>
  );
}
