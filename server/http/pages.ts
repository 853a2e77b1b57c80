import { readdirSync } from 'node:fs';
import { extname, join, sep } from 'node:path';
import express, { Router, type Request, type Response } from 'express';

/** The build's compressed copies, best first: `app.js.br` beside `app.js`. */
const COPIES = { br: '.br', gzip: '.gz' } as const;

/**
 * The built pages. Assets carry a fingerprint in their name, so they are kept for a year; a page is never kept, so that a
 * new version is seen at once. What the build compressed is sent compressed to whoever takes it.
 */
export function pageRoutes(clientFolder: string): Router {
  const copies = compressedCopies(clientFolder);
  const routes = Router({ caseSensitive: true });

  routes.use((request, response, next) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return next();
    const copy = copyFor(request, response, request.path, copies);
    if (copy !== null) request.url = copy;
    next();
  });
  const assets = join(clientFolder, 'assets');
  routes.use('/assets', express.static(assets, { immutable: true, maxAge: '1y', fallthrough: false, index: false }));
  routes.use(express.static(clientFolder, { index: false, maxAge: '1h', redirect: false }));

  const page = (request: Request, response: Response): void => {
    const file = copyFor(request, response, '/index.html', copies) ?? '/index.html';
    response.set('Cache-Control', 'no-store').sendFile(file, { root: clientFolder });
  };
  for (const path of ['/', '/join', '/check', '/room/:personId']) routes.get(path, page);
  routes.use((request, response) => {
    response.status(404);
    page(request, response);
  });
  return routes;
}

/** The path of the copy that this browser takes, with the headers that go with it; null where it takes none. */
function copyFor(request: Request, response: Response, path: string, copies: Set<string>): string | null {
  const made = Object.entries(COPIES).filter(([, ending]) => copies.has(path + ending));
  if (made.length === 0) return null;
  response.vary('Accept-Encoding');
  // One by one: asked for all at once, the order in which the browser names them would decide.
  const found = made.find(([encoding]) => request.acceptsEncodings(encoding) !== false);
  if (found === undefined) return null;
  response.set('Content-Encoding', found[0]).type(extname(path));
  return path + found[1];
}

/** Every compressed copy as the path it is asked by. Read once: the build is done before the server starts. */
function compressedCopies(folder: string): Set<string> {
  const copies = new Set<string>();
  for (const file of filesBelow(folder)) {
    if (Object.values(COPIES).some((ending) => file.endsWith(ending))) copies.add(`/${file.split(sep).join('/')}`);
  }
  return copies;
}

function filesBelow(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' });
  } catch {
    // Under `npm run dev` there may be no build: Vite serves the pages.
    return [];
  }
}
