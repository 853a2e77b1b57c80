import './ui/styles.css';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { openLive } from './live/live.ts';
import { isConnectionTest } from './live/place.ts';

const root = document.getElementById('root');
if (root && isConnectionTest(window.location)) {
  void import('./join/showConnectionTest.tsx').then((page) => page.showConnectionTest(root, window.location));
} else if (root) createRoot(root).render(<App live={openLive(window.location)} />);

// Another link pasted into this tab changes only what stands behind the #: that is another seat, so start afresh.
window.addEventListener('hashchange', () => window.location.reload());
