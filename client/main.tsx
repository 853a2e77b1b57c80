import './ui/styles.css';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { RefusedPage } from './join/RefusedPage.tsx';
import { openLive } from './live/live.ts';
import { isConnectionTest } from './live/place.ts';

const root = document.getElementById('root');
if (root && isConnectionTest(window.location)) {
  const notLoaded =
    'The test could not be loaded, so your connection has gone or is very weak. Wait a moment and try again.';
  import('./join/showConnectionTest.tsx')
    .then((page) => page.showConnectionTest(root, window.location))
    .catch(() => createRoot(root).render(<RefusedPage code="notLoaded" say={notLoaded} />));
} else if (root) createRoot(root).render(<App live={openLive(window.location)} />);

// Another link pasted into this tab changes only what stands behind the #: that is another seat, so start afresh.
window.addEventListener('hashchange', () => window.location.reload());
