import { useEffect, useSyncExternalStore } from 'react';

import type { ConnectionTester } from '../live/connectionTest.ts';
import { Announcer } from '../ui/Announcer.tsx';
import { Button } from '../ui/Button.tsx';
import { useScreenStart } from '../ui/useScreenStart.ts';

import { CheckList } from './CheckList.tsx';
import { CheckResult } from './CheckResult.tsx';
import { itemsOf } from './checkWords.ts';
import { PageTop } from './PageTop.tsx';
import { ReturnedPicture } from './ReturnedPicture.tsx';
import './states.css';
import './check.css';

/**
 * The connection test, for anybody, before they have a link. It asks for camera and microphone only after a press.
 * `onBack`: to the page that somebody came from; null where they came from nowhere.
 */
export function ConnectionTestPage({ tester, onBack }: { tester: ConnectionTester; onBack: (() => void) | null }) {
  const view = useSyncExternalStore(tester.subscribe, tester.view);
  const heading = useScreenStart('Connection test');
  const items = itemsOf(view, { userAgent: navigator.userAgent, host: window.location.host });
  useEffect(() => () => tester.stop(), [tester]);
  const start = (devices: boolean) => tester.start({ devices });
  return (
    <Announcer>
      <div className="page">
        <PageTop helpPhone={null} />
        <main className="state check-page">
          <h1 className="voice" ref={heading} tabIndex={-1}>
            Test your connection
          </h1>
          {view.stage === 'ready' && <Welcome onStart={start} />}
          {view.stage === 'running' && (
            <p className="lead">One moment. This takes less than a minute; please stay on this page.</p>
          )}
          {view.stage === 'done' && <CheckResult items={items} onAgain={() => start(true)} onBack={onBack} />}
          {view.picture !== null && <ReturnedPicture attach={view.picture} />}
          {view.stage !== 'ready' && <CheckList items={items} />}
          {view.stage === 'ready' && onBack !== null && (
            <Button look="quiet" icon="back" onClick={onBack}>
              Back to my invitation
            </Button>
          )}
        </main>
      </div>
    </Announcer>
  );
}

function Welcome({ onStart }: { onStart(devices: boolean): void }) {
  return (
    <>
      <p className="lead">
        Find out before the day whether this device and this network are good for a session. It takes less than a
        minute.
      </p>
      <p className="soft">
        Picture and sound go to our server and straight back to this page, encrypted. Nobody else sees or hears you, and
        nothing is kept.
      </p>
      <div className="state-buttons">
        <Button look="primary" size="big" onClick={() => onStart(true)}>
          Start the test
        </Button>
        <Button size="big" look="quiet" onClick={() => onStart(false)}>
          Test without camera and microphone
        </Button>
      </div>
      <p className="muted small">Your browser may ask whether it may use your camera and microphone. Choose Allow.</p>
    </>
  );
}
