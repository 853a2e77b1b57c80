import { timingSafeEqual } from 'node:crypto';
import { Router, type Request } from 'express';
import { isPrivate } from '../access/addresses.ts';
import { hashToken } from '../access/tokens.ts';
import type { Readiness } from '../metrics/readiness.ts';
import type { Watch } from '../metrics/watch.ts';
import { sendProblem } from './problems.ts';

export type Operations = {
  watch: Watch;
  readiness: Readiness;
  /** With it, /metrics is for whoever sends it; without, for this computer and private networks. */
  metricsToken: string | null;
};

/**
 * What machines ask. GET /healthz: the process lives. GET /readyz: everything it needs answers too, else 503 with what
 * does not. GET /metrics: figures for Prometheus; from outside it is not there, or 401 where a token is asked for.
 */
export function operationRoutes({ watch, readiness, metricsToken }: Operations): Router {
  const routes = Router({ caseSensitive: true });
  routes.get('/healthz', (_request, response) => void response.set('Cache-Control', 'no-store').json({ ok: true }));
  routes.get('/readyz', async (_request, response) => {
    const report = await readiness.check();
    response
      .status(report.ok ? 200 : 503)
      .set('Cache-Control', 'no-store')
      .json(report);
  });
  routes.get('/metrics', async (request, response) => {
    response.set('Cache-Control', 'no-store');
    if (metricsToken === null && !isFromInside(request)) return sendProblem(response, 'notFound');
    if (metricsToken !== null && !carries(request, metricsToken)) {
      return void response.status(401).set('WWW-Authenticate', 'Bearer').end();
    }
    const { contentType, text } = await watch.figures();
    response.type(contentType).send(text);
  });
  return routes;
}

/** Where the request began, as far as a trusted proxy tells. */
function isFromInside(request: Request): boolean {
  const { ip = '', app, headers } = request;
  // A proxy we were not told of: its own address says nothing about whoever is behind it.
  const proxied = headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined;
  if (proxied && app.get('trust proxy') === false) return false;
  return isPrivate(ip);
}

function carries(request: Request, token: string): boolean {
  const [scheme = '', given = ''] = (request.get('authorization') ?? '').split(' ');
  // Hashed, so that the lengths are equal and the time tells nothing.
  const same = timingSafeEqual(Buffer.from(hashToken(given)), Buffer.from(hashToken(token)));
  return scheme.toLowerCase() === 'bearer' && same;
}
