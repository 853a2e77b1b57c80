import { keyError } from './keyError.ts';

/** Base64url without padding (RFC 4648, section 5). Meant for keys and boxes, not for files. */
export function toBase64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

/**
 * The bytes of a base64url text; throws `badText` for anything `toBase64url` would not have written. So strict
 * because keys and ids are compared as text: no value may have a second spelling.
 */
export function fromBase64url(text: string): Uint8Array<ArrayBuffer> {
  if (typeof text !== 'string' || !/^[\w-]*$/.test(text) || text.length % 4 === 1) throw keyError('badText');
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  const bytes = Uint8Array.from(binary, (char) => char.charCodeAt(0));
  if (toBase64url(bytes) !== text) throw keyError('badText');
  return bytes;
}

/** A text as UTF-8. */
export function utf8(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}
