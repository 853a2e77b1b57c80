import type { Request, RequestHandler } from 'express';
import type { ApiErrorCode } from '#shared/api.ts';
import type { Watch } from '../metrics/watch.ts';

const METHODS = ['GET', 'HEAD', 'POST'];
/** What proxies write down for a client that left before its answer. */
const LEFT = 499;

/** Tells the watch of every answered request: its route's pattern, never its address, and nothing of who asked. */
export function observe(watch: Watch): RequestHandler {
  return (request, response, next) => {
    const begun = performance.now();
    response.once('close', () => {
      watch.request({
        method: METHODS.includes(request.method) ? request.method : 'other',
        route: patternOf(request),
        status: response.writableFinished ? response.statusCode : LEFT,
        ms: performance.now() - begun,
        refused: response.locals['refused'] as ApiErrorCode | undefined,
      });
    });
    next();
  };
}

/** The pattern of the route that answered; `/api/*` and its kind where none did. Both parts are constants of our code. */
function patternOf({ baseUrl, route }: Request): string {
  const path: unknown = (route as { path?: unknown } | undefined)?.path;
  return `${baseUrl}${typeof path === 'string' ? path : '/*'}`;
}
