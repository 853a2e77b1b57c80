/** `badText`: not strict base64url. `badKey`: no P-256 point. `badSecret`: not 32 bytes. The others say who is missing. */
export type KeyErrorCode = 'badText' | 'badKey' | 'badSecret' | 'recipientNotOnRoster' | 'sealerNotOnRoster';

export type KeyError = Error & { code: KeyErrorCode };

/** An error to throw where going on would be unsafe; `code` is the stable part. */
export function keyError(code: KeyErrorCode): KeyError {
  return Object.assign(new Error(`keys: ${code}`), { code });
}
