import { createServer, type RequestListener, type Server } from 'node:http';

export type Patience = { headersMs: number; requestMs: number; lookEveryMs: number };

/** A request is a few kilobytes: whoever sends it slower than this is holding a connection, not using it. */
const PATIENCE: Patience = { headersMs: 10_000, requestMs: 20_000, lookEveryMs: 5_000 };
/** Longer than proxies keep an idle connection, so that theirs ends first and no request is sent into a closed one. */
const KEEP_ALIVE_MS = 75_000;
const MOST_HEADERS = 100;

/** An HTTP server that lets nobody hold it by sending slowly. A socket that was upgraded is socket.io's to keep alive. */
export function httpServer(app: RequestListener, patience = PATIENCE): Server {
  const server = createServer(
    {
      headersTimeout: patience.headersMs,
      requestTimeout: patience.requestMs,
      keepAliveTimeout: KEEP_ALIVE_MS,
      connectionsCheckingInterval: patience.lookEveryMs,
    },
    app,
  );
  server.maxHeadersCount = MOST_HEADERS;
  return server;
}
