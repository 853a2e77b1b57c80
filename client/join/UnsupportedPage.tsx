import { Icon } from '../ui/Icon.tsx';

import { CopyLink } from './CopyLink.tsx';
import { StatePage } from './StatePage.tsx';

/** A browser that can't encrypt is not let in; this says which can. */
export function UnsupportedPage({ link }: { link: string }) {
  return (
    <StatePage
      tab="Another browser needed"
      icon="device"
      title="This browser can’t keep the call private"
      lead="Kinroom needs a browser that can encrypt video end to end. Yours can’t yet, so we don’t let it in."
    >
      <ul className="state-list">
        <li>
          <b>On a phone or tablet</b>
          <span>Update its software, then use Safari or Chrome</span>
        </li>
        <li>
          <b>On a computer</b>
          <span>An up-to-date Chrome, Edge, Firefox or Safari</span>
        </li>
      </ul>
      <div className="note plan">
        <Icon name="copy" />
        <p>
          <b>Same link, any device.</b> Send it to yourself and open it there. Your seat is waiting.
        </p>
      </div>
      <div className="state-buttons">
        <CopyLink link={link} />
      </div>
    </StatePage>
  );
}
