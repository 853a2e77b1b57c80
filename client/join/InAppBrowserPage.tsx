import { CopyLink } from './CopyLink.tsx';
import { StatePage } from './StatePage.tsx';

/** The link opened inside another app. Asked before the camera is, since such browsers often can't give it. */
export function InAppBrowserPage({ app, link }: { app: string; link: string }) {
  const apple = /iPhone|iPad/.test(navigator.userAgent);
  const browser = apple ? 'Safari' : 'Chrome';
  return (
    <StatePage
      tab="Open in your browser"
      icon="device"
      title={`Open this in ${browser}`}
      lead={`You’re inside ${app}. Its own small browser often can’t use the camera or keep the call private.`}
    >
      <ol className="mend state-steps">
        <li>
          <b aria-hidden="true">1</b>
          <p>Press the menu {apple ? '(••• or the share sign)' : '(the three dots)'} at the edge of this page.</p>
        </li>
        <li>
          <b aria-hidden="true">2</b>
          <p>
            Choose <b>Open in {browser}</b>, or <b>Open in browser</b>.
          </p>
        </li>
      </ol>
      <p className="soft">No such menu? Copy your link and paste it into {browser} yourself.</p>
      <div className="state-buttons">
        <CopyLink link={link} />
      </div>
    </StatePage>
  );
}
