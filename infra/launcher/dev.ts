import { join } from 'node:path';
import { createServer } from 'vite';
import type { PagesServer } from './launch.ts';
import { launchAsProcess, type ProcessOptions } from './process.ts';

/** Several files saved at once are one restart. */
const SETTLE_MS = 100;

/** `npm run dev`: pages by Vite with hot reload, the server from its source, started anew when that changes. */
export function dev({ root, startedBy }: ProcessOptions): Promise<number> {
  return launchAsProcess(
    { root, startedBy },
    {
      serverArguments: ['--import', 'tsx', join(root, 'server/main.ts')],
      openPages: ({ port, serverPort, restart }) => openPages(root, port, serverPort, restart),
    },
  );
}

async function openPages(root: string, port: number, serverPort: number, restart: () => void): Promise<PagesServer> {
  const target = `http://127.0.0.1:${serverPort}`;
  const vite = await createServer({
    configFile: join(root, 'vite.config.ts'),
    logLevel: 'warn',
    server: { port, strictPort: true, proxy: { '/api': target, '/socket.io': { target, ws: true } } },
  });
  await vite.listen();

  const sources = ['server', 'shared'].map((folder) => join(root, folder));
  vite.watcher.add(sources);
  let timer: NodeJS.Timeout | undefined;
  vite.watcher.on('all', (_event, file) => {
    if (!sources.some((folder) => file.startsWith(folder)) || file.includes('.test.')) return;
    clearTimeout(timer);
    timer = setTimeout(restart, SETTLE_MS);
  });
  return { stop: () => vite.close() };
}
