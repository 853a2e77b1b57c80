import express, { type Express, type RequestHandler, type Router } from 'express';
import { mayComeFrom } from '../access/origin.ts';
import { connectionTestRoutes } from './connectionTest.ts';
import type { HttpContext } from './context.ts';
import { deviceRoutes } from './devices.ts';
import { securityHeaders } from './headers.ts';
import { httpLimits } from './limits.ts';
import { linkRoutes } from './links.ts';
import { livekitWebhook } from './livekitWebhook.ts';
import { observe } from './observe.ts';
import { operationRoutes, type Operations } from './operations.ts';
import { pageRoutes } from './pages.ts';
import { problemHandler, sendProblem } from './problems.ts';
import { seatRoutes } from './seats.ts';

/** Ours are a tenth of it. */
const LONGEST_ADDRESS = 2_000;
const LONGEST_BODY = '16kb';

export type HttpOptions = Omit<HttpContext, 'limits' | 'secure'> & {
  publicUrl: string | null;
  /** Where the built pages are. */
  clientFolder: string;
  operations: Operations;
  onError(error: unknown): void;
};

export function httpApp(options: HttpOptions): Express {
  const { publicUrl, clientFolder, operations, onError, livekit, db, sessions, now, staffLink } = options;
  const secure = publicUrl?.startsWith('https:') ?? false;
  const context: HttpContext = { db, sessions, livekit, now, staffLink, secure, limits: httpLimits() };
  const app = express();
  app.disable('x-powered-by');
  app.enable('case sensitive routing');
  // Only with a public address is there a proxy in front whose word on the client's address counts.
  app.set('trust proxy', publicUrl !== null && 'loopback, uniquelocal');

  app.use(securityHeaders(livekit.url, secure), observe(operations.watch));
  app.use((request, response, next) =>
    request.originalUrl.length > LONGEST_ADDRESS ? sendProblem(response, 'badRequest') : next(),
  );
  app.use(operationRoutes(operations));
  app.use('/api', api(context, publicUrl));
  app.use(pageRoutes(clientFolder));
  app.use(problemHandler(onError));
  return app;
}

/** Everything under /api: first what holds for all of it, then one router per resource. */
function api(context: HttpContext, publicUrl: string | null): RequestHandler[] {
  const { limits } = context;
  return [
    (_request, response, next) => {
      response.set('Cache-Control', 'no-store');
      next();
    },
    // The SFU is no browser: it is let in by its signature, and many rooms may speak from its one address.
    livekitWebhook(context),
    async (request, response, next) => {
      if (!(await limits.request(request))) return sendProblem(response, 'tooMany');
      if (!mayComeFrom(request.headers, publicUrl)) return sendProblem(response, 'foreignOrigin');
      // By itself Express would answer OPTIONS and tell what there is.
      if (!['GET', 'HEAD', 'POST'].includes(request.method)) return sendProblem(response, 'notFound');
      next();
    },
    // No page of ours sends a compressed body, and unpacking one is work.
    express.json({ limit: LONGEST_BODY, inflate: false }),
    ...browserRoutes(context),
    (_request, response) => sendProblem(response, 'notFound'),
  ];
}

/** The routes that pages call; a test takes them from here to send each what it can't read. */
export function browserRoutes(context: HttpContext): Router[] {
  return [linkRoutes(context), deviceRoutes(context), seatRoutes(context), connectionTestRoutes(context)];
}
