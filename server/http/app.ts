import express, { type Express } from 'express';
import helmet from 'helmet';
import { join } from 'node:path';
import { mayComeFrom } from '../access/origin.ts';
import type { HttpContext } from './context.ts';
import { deviceRoutes } from './devices.ts';
import { httpLimits } from './limits.ts';
import { linkRoutes } from './links.ts';
import { livekitWebhook } from './livekitWebhook.ts';
import { problemHandler, sendProblem } from './problems.ts';
import { seatRoutes } from './seats.ts';

export type HttpOptions = Omit<HttpContext, 'limits' | 'secure'> & {
  publicUrl: string | null;
  /** Where the built pages are. */
  clientFolder: string;
  onError(error: unknown): void;
};

export function httpApp(options: HttpOptions): Express {
  const { publicUrl, clientFolder, onError, livekit, db, sessions, now, staffLink } = options;
  const secure = publicUrl?.startsWith('https:') ?? false;
  const context: HttpContext = { db, sessions, livekit, now, staffLink, secure, limits: httpLimits() };
  const app = express();
  app.disable('x-powered-by');
  // Only with a public address is there a proxy in front whose word on the client's address counts.
  if (publicUrl !== null) app.set('trust proxy', 'loopback, uniquelocal');
  app.use(securityHeaders(livekit.url, secure));

  app.get('/healthz', (_request, response) => void response.json({ ok: true }));
  app.use('/api', (_request, response, next) => {
    response.set('Cache-Control', 'no-store');
    next();
  });
  app.use('/api', livekitWebhook(context));
  app.use('/api', (request, response, next) => {
    if (request.method !== 'GET' && !mayComeFrom(request.headers, publicUrl)) {
      return sendProblem(response, 'foreignOrigin');
    }
    next();
  });
  app.use('/api', express.json({ limit: '16kb' }), linkRoutes(context), deviceRoutes(context), seatRoutes(context));
  app.use('/api', (_request, response) => sendProblem(response, 'notFound'));

  app.use(
    '/assets',
    express.static(join(clientFolder, 'assets'), { immutable: true, maxAge: '1y', fallthrough: false }),
  );
  app.use(express.static(clientFolder, { index: false, maxAge: '1h' }));
  app.get(['/', '/join', '/room/:personId'], (_request, response) => {
    response.set('Cache-Control', 'no-store').sendFile(join(clientFolder, 'index.html'));
  });
  app.use((_request, response) => {
    response.status(404).set('Cache-Control', 'no-store').sendFile(join(clientFolder, 'index.html'));
  });
  app.use(problemHandler(onError));
  return app;
}

/** Nothing from anywhere else: scripts, workers and connections only to us and the SFU. */
function securityHeaders(livekitUrl: string, secure: boolean): express.RequestHandler[] {
  const sfu = [livekitUrl, livekitUrl.replace(/^ws/, 'http')];
  const protect = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        connectSrc: ["'self'", ...sfu],
        workerSrc: ["'self'"],
        mediaSrc: ["'self'", 'blob:'],
        imgSrc: ["'self'", 'data:'],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: secure,
    referrerPolicy: { policy: 'no-referrer' },
  });
  const allow = 'camera=(self), microphone=(self), display-capture=(self), geolocation=(), payment=(), usb=()';
  return [
    protect,
    (_request, response, next) => {
      response.set('Permissions-Policy', allow);
      next();
    },
  ];
}
