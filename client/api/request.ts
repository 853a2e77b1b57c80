import { apiErrors, type ApiError } from '#shared/api.ts';

export type Answer<T> = { ok: true; value: T } | { ok: false; problem: ApiError | Unreachable };

/** The request got no answer at all. */
export type Unreachable = { error: 'unreachable'; say: string };

const unreachable: Unreachable = {
  error: 'unreachable',
  say: 'We could not reach Kinroom. Check your connection, then try again.',
};

/** One request to our own server. Never throws: a refusal or a lost connection comes back as a problem with words. */
export async function request<T>(method: 'GET' | 'POST', path: string, body?: object): Promise<Answer<T>> {
  try {
    const headers = { 'Content-Type': 'application/json' };
    const init = body === undefined ? { method } : { method, headers, body: JSON.stringify(body) };
    const response = await fetch(path, { ...init, credentials: 'same-origin' });
    if (response.ok) return { ok: true, value: (await response.json()) as T };
    return { ok: false, problem: asProblem(await response.json().catch(() => null)) };
  } catch {
    return { ok: false, problem: unreachable };
  }
}

function asProblem(body: unknown): ApiError {
  const known = typeof body === 'object' && body !== null && 'error' in body && String(body.error) in apiErrors;
  return known ? (body as ApiError) : { error: 'broken', say: apiErrors.broken };
}
