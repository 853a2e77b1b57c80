import { useEffect, useEffectEvent } from 'react';

import type { Trust } from '../live/screens.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { Icon } from '../ui/Icon.tsx';

import { KeyHolders } from './KeyHolders.tsx';

/** The evidence under the badge: what this device has checked, who holds the key, and what no page can promise. */
export function TrustDialog(props: { trust: Trust; organisation: string; onShowWords(): void; onClose(): void }) {
  const { trust, organisation, onClose } = props;
  const ask = useEffectEvent(() => props.onShowWords());
  useEffect(() => ask(), []);
  return (
    <Dialog title="Encrypted, not recorded" onClose={onClose}>
      <Words words={trust.words} />
      <ul className="facts">
        <EncryptedFact encrypted={trust.encrypted} />
        <RefusedFact count={trust.refusedTracks} />
        <li>
          <Icon name="shield" />
          <p>
            <b>There is no recording part</b>
            Kinroom has nothing that records, and no device is ever given the right to record, to manage the room or to
            be in it unseen.
          </p>
        </li>
      </ul>
      <KeyHolders members={trust.members} />
      <section className="honest">
        <h3>What we can’t promise</h3>
        <p>
          This page’s code comes from the server of {organisation}. Whoever controls that server could send other code.
          The four words find out a server in the middle, not a dishonest page.
        </p>
        <p>Anybody who can watch can film their screen. No technology prevents that; your agreement does.</p>
      </section>
    </Dialog>
  );
}

function Words({ words }: { words: string[] | null }) {
  return (
    <section className="words" aria-label="Four words">
      {/* Live: they come a moment after the page opens. */}
      <p className="voice" aria-live="polite">
        {words === null ? (
          <span className="muted">Working them out…</span>
        ) : (
          words.map((word) => <b key={word}>{word} </b>)
        )}
      </p>
      <p className="small soft">Read them to each other: the same words mean nobody is in between.</p>
    </section>
  );
}

function EncryptedFact({ encrypted }: { encrypted: boolean }) {
  return (
    <li className={encrypted ? undefined : 'bad'}>
      <Icon name={encrypted ? 'lock' : 'alert'} />
      <p>
        <b>{encrypted ? 'This device encrypts what it sends' : 'This device has not confirmed encryption yet'}</b>
        {encrypted
          ? 'Picture and sound are locked here and opened only on the devices below.'
          : 'Until it has, nothing of yours is sent.'}
      </p>
    </li>
  );
}

function RefusedFact({ count }: { count: number }) {
  return (
    <li className={count === 0 ? undefined : 'bad'}>
      <Icon name={count === 0 ? 'check' : 'alert'} />
      <p>
        <b>{count === 0 ? 'Nothing came in unencrypted' : `${count} came in unencrypted`}</b>
        {count === 0
          ? 'Every picture and sound you get was encrypted by its sender.'
          : 'We didn’t show or play it. Tell your facilitator: it should not happen.'}
      </p>
    </li>
  );
}
