/** `ok`: nothing to do. `look`: it works, and may not be what you want. `fix`: Kinroom, or people, will stand before it. */
export type State = 'ok' | 'look' | 'fix';

/** One thing that was looked at. `words` say what is, then what to do; they never hold a secret. */
export type Finding = { state: State; about: string; words: string };

export function ok(about: string, words: string): Finding {
  return { state: 'ok', about, words };
}

export function look(about: string, words: string): Finding {
  return { state: 'look', about, words };
}

export function fix(about: string, words: string): Finding {
  return { state: 'fix', about, words };
}

/** How the clock of something else differs from this computer's: `aheadMs` is above 0 where theirs is ahead. */
export type OtherClock = { of: string; aheadMs: number; exactToMs: number };

/** What was found out about one service, and its clock where it told. */
export type Examined = { findings: Finding[]; clock?: OtherClock };

/** Why something could not be reached, in words, from the error of fetch, pg or redis; never the error's own message. */
export function whyNot(error: unknown): string {
  const code = codeOf(error);
  switch (code) {
    case 'ECONNREFUSED':
      return 'nothing listens there';
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'its name is not known to the network';
    case 'ETIMEDOUT':
    case 'TimeoutError':
    case 'ConnectionTimeoutError':
    case 'UND_ERR_CONNECT_TIMEOUT':
      return 'no answer came';
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return 'there is no way to it from here';
    case 'CERT_HAS_EXPIRED':
      return 'its certificate has expired';
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return 'its certificate is for another name';
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
      return 'its certificate is not one that browsers trust';
    default:
      return `the connection failed (${code})`;
  }
}

/** The most telling code in an error and its causes. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  if ('code' in error && typeof error.code === 'string' && error.code !== '') return error.code;
  const inner = error instanceof AggregateError ? (error.errors as unknown[])[0] : error.cause;
  if (inner !== undefined) return codeOf(inner);
  return error.name;
}
