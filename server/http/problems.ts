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

/** Answers with a coded error and its words. */
export function sendProblem(response: Response, error: ApiErrorCode): void {
  const body: ApiError = { error, say: apiErrors[error] };
  response.status(statusOf[error]).json(body);
}

/** What express itself refuses (a body that is too long or no JSON) is a bad request; anything else is ours. */
export function problemHandler(onError: (error: unknown) => void): ErrorRequestHandler {
  return (error, _request, response, next) => {
    if (response.headersSent) return next(error);
    const status: unknown = error instanceof Error && 'status' in error ? error.status : undefined;
    if (typeof status === 'number' && status >= 400 && status < 500) return sendProblem(response, 'badRequest');
    onError(error);
    sendProblem(response, 'broken');
  };
}
