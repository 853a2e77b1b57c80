import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { promisify } from 'node:util';
import { BINARY_NAME, SFU_VERSION } from './release.ts';

const OFFICIAL_RELEASE = `https://github.com/livekit/livekit/releases/download/v${SFU_VERSION}`;

/** How long to wait for a first answer, and for the next bytes of a download that has begun (ms). */
export type Patience = { answerMs: number; stallMs: number };

export const PATIENCE: Patience = { answerMs: 5000, stallMs: 15_000 };

export type Download = {
  /** Folder address of the release; LIVEKIT_RELEASE_URL, e.g. a mirror. */
  releaseUrl: string | null;
  asset: string;
  /** An empty folder that is thrown away afterwards. */
  workFolder: string;
  patience: Patience;
  signal: AbortSignal;
};

/**
 * Downloads the release's archive, checks it against that release's checksums.txt and unpacks it.
 * Returns the path of the binary inside the work folder. Throws an Error whose message says what was wrong.
 */
export async function downloadRelease({ releaseUrl, asset, workFolder, patience, signal }: Download): Promise<string> {
  const base = (releaseUrl ?? OFFICIAL_RELEASE).replace(/\/+$/, '');
  const sums = await readFile(
    await fetchFile(`${base}/checksums.txt`, join(workFolder, 'checksums.txt'), patience, signal),
  );
  const expected = checksumOf(sums.toString(), asset);
  if (expected === null) throw new Error(`checksums.txt does not name ${asset}`);

  const archive = await fetchFile(`${base}/${asset}`, join(workFolder, asset), patience, signal);
  const actual = createHash('sha256')
    .update(await readFile(archive))
    .digest('hex');
  if (actual !== expected) throw new Error(`${asset} does not match its checksum, so it was thrown away`);

  // tar is on every system that has an asset; Windows' own reads zip archives too.
  await promisify(execFile)('tar', ['-xf', archive, '-C', workFolder, BINARY_NAME]);
  return join(workFolder, BINARY_NAME);
}

/** The SHA-256 (hex) that a checksums.txt gives for a file, or null. */
function checksumOf(checksums: string, file: string): string | null {
  for (const line of checksums.split('\n')) {
    const [sum, name] = line.trim().split(/\s+\*?/);
    if (name === file && sum !== undefined && /^[0-9a-f]{64}$/i.test(sum)) return sum.toLowerCase();
  }
  return null;
}

async function fetchFile(url: string, target: string, patience: Patience, signal: AbortSignal): Promise<string> {
  const silence = new AbortController();
  const host = new URL(url).host;
  let timer = setTimeout(() => silence.abort(new Error(`${host} did not answer`)), patience.answerMs);
  const stalled = (): void => silence.abort(new Error(`${host} stopped sending`));
  try {
    const response = await fetch(url, { signal: AbortSignal.any([signal, silence.signal]) });
    if (!response.ok || response.body === null) throw new Error(`${host} answered ${response.status}`);
    const chunks = Readable.fromWeb(response.body as ReadableStream);
    chunks.on('data', () => {
      clearTimeout(timer);
      timer = setTimeout(stalled, patience.stallMs);
    });
    await pipeline(chunks, createWriteStream(target));
    return target;
  } catch (error) {
    if (silence.signal.aborted) throw silence.signal.reason;
    // "fetch failed" says nothing to anybody; its cause does ("getaddrinfo ENOTFOUND …").
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    throw new Error(cause instanceof Error ? cause.message : `${host} could not be reached`, { cause: error });
  } finally {
    clearTimeout(timer);
  }
}
