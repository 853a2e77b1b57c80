import { createRoot } from 'react-dom/client';

import { createConnectionTester } from '../live/connectionTest.ts';

import { ConnectionTestPage } from './ConnectionTestPage.tsx';

/** Draws the connection test instead of everything else. Who came from a join page (#back) is offered the way there. */
export function showConnectionTest(root: HTMLElement, address: Location): void {
  const tester = createConnectionTester(address);
  const onBack = address.hash === '#back' ? () => window.history.back() : null;
  createRoot(root).render(<ConnectionTestPage tester={tester} onBack={onBack} />);
}
