import type { ErrorRequestHandler, Response } from 'express';
import { apiErrors, type ApiError, type ApiErrorCode } from '#shared/api.ts';

const statusOf: Record<ApiErrorCode, number> = {
  badRequest: 400,
  nameMissing: 400,
  notSignedIn: 401,
  foreignOrigin: 403,
  linkUnknown: 404,
  noSession: 404,
  notFound: 404,
  full: 409,
  linkExpired: 410,
  linkRevoked: 410,
  tooMany: 429,
  broken: 500,
};

/** After this a limited address may try again, s. */
const TRY_AGAIN_AFTER = '60';

/** Answers with a coded error and its words. */
export function sendProblem(response: Response, error: ApiErrorCode): void {
  const body: ApiError = { error, say: apiErrors[error] };
  response.locals['refused'] = error;
  if (error === 'tooMany') response.set('Retry-After', TRY_AGAIN_AFTER);
  response.status(statusOf[error]).json(body);
}

/**
 * What express itself refuses (a body that is too long or no JSON, an address that can't be read) is a bad request, a file
 * that is not there is not found; anything else is ours.
 */
export function problemHandler(onError: (error: unknown) => void): ErrorRequestHandler {
  return (error, _request, response, next) => {
    if (response.headersSent) return next(error);
    const status: unknown = error instanceof Error && 'status' in error ? error.status : undefined;
    if (status === 404) return sendProblem(response, 'notFound');
    if (typeof status === 'number' && status >= 400 && status < 500) return sendProblem(response, 'badRequest');
    onError(error);
    sendProblem(response, 'broken');
  };
}
