import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findSfu, type FoundSfu } from './findSfu.ts';
import { assetName, BINARY_NAME, SFU_VERSION } from './release.ts';

const ASSET = assetName(process.platform, process.arch) ?? 'none';

let folder: string;
let cache: string;
let path: string;
let server: Server | null = null;
let requests: string[];
let reported: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kinroom-sfu-'));
  cache = join(folder, 'cache');
  path = join(folder, 'bin');
  mkdirSync(path);
  requests = [];
  reported = [];
});

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  server = null;
  rmSync(folder, { recursive: true, force: true });
});

function script(file: string, lines: string): string {
  writeFileSync(file, `#!/bin/sh\n${lines}\n`);
  chmodSync(file, 0o755);
  return file;
}

function sayingVersion(file: string, version: string): string {
  return script(file, `echo "livekit-server version ${version}"`);
}

function archive(version: string): Buffer {
  const content = join(folder, 'release');
  mkdirSync(content, { recursive: true });
  sayingVersion(join(content, BINARY_NAME), version);
  execFileSync('tar', ['-czf', join(folder, 'asset.tar.gz'), '-C', content, BINARY_NAME]);
  return readFileSync(join(folder, 'asset.tar.gz'));
}

function sumOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

async function serve(answer: RequestListener): Promise<string> {
  const started = createServer((request, response) => {
    requests.push(request.url ?? '');
    answer(request, response);
  });
  server = started;
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(started.address() as AddressInfo).port}/v${SFU_VERSION}`;
}

/** A release as its host serves it, with the checksum given. */
function serveRelease(bytes: Buffer, sum: string): Promise<string> {
  return serve((request, response) => {
    if (request.url?.endsWith('/checksums.txt')) response.end(`${'0'.repeat(64)}  another.tar.gz\n${sum}  ${ASSET}\n`);
    else if (request.url?.endsWith(`/${ASSET}`)) response.end(bytes);
    else response.writeHead(404).end();
  });
}

function find(env: NodeJS.ProcessEnv): Promise<FoundSfu | { problems: string[] }> {
  return findSfu({
    env: { PATH: path, LIVEKIT_RELEASE_URL: 'http://127.0.0.1:9', ...env },
    cache,
    report: (line) => reported.push(line),
    signal: new AbortController().signal,
    patience: { answerMs: 300, stallMs: 300 },
    usualGo: join(folder, 'no-go-here'),
  });
}

function leftovers(): string[] {
  return existsSync(cache) ? readdirSync(cache) : [];
}

test('a binary on the PATH comes before the cache, and nothing is downloaded', async () => {
  const binary = sayingVersion(join(path, BINARY_NAME), '1.12.0');
  mkdirSync(cache);
  sayingVersion(join(cache, BINARY_NAME), SFU_VERSION);
  expect(await find({})).toEqual({ binary, how: 'path' });
  expect(reported).toEqual([]);
});

test('one named by LIVEKIT_SERVER_BINARY comes before all; one that does not work is refused, not replaced', async () => {
  sayingVersion(join(path, BINARY_NAME), '1.12.0');
  const named = sayingVersion(join(folder, 'mine'), '1.13.0');
  expect(await find({ LIVEKIT_SERVER_BINARY: named })).toEqual({ binary: named, how: 'named' });

  const broken = script(join(folder, 'broken'), 'exit 1');
  expect(await find({ LIVEKIT_SERVER_BINARY: broken })).toEqual({
    problems: [expect.stringContaining('not a working livekit-server')],
  });
});

test('a good release is downloaded, checked and kept: the second start downloads nothing', async () => {
  const bytes = archive(SFU_VERSION);
  const LIVEKIT_RELEASE_URL = await serveRelease(bytes, sumOf(bytes));
  const binary = join(cache, BINARY_NAME);
  expect(await find({ LIVEKIT_RELEASE_URL })).toEqual({ binary, how: 'download' });
  expect(requests).toEqual([`/v${SFU_VERSION}/checksums.txt`, `/v${SFU_VERSION}/${ASSET}`]);
  expect(leftovers()).toEqual([BINARY_NAME]);

  expect(await find({ LIVEKIT_RELEASE_URL })).toEqual({ binary, how: 'cache' });
  expect(requests).toHaveLength(2);
});

describe('a release that is not used', () => {
  /** Finds nothing, says why, and leaves nothing in the cache. */
  async function expectRefused(releaseUrl: string, why: RegExp): Promise<void> {
    const found = await find({ LIVEKIT_RELEASE_URL: releaseUrl });
    expect(found).toHaveProperty('problems');
    expect(reported.join('\n')).toMatch(why);
    expect(leftovers()).toEqual([]);
  }

  test('wrong checksum', async () => {
    await expectRefused(
      await serveRelease(archive(SFU_VERSION), sumOf(Buffer.from('another'))),
      /does not match its checksum/,
    );
  });

  test('not in the checksums file', async () => {
    await expectRefused(await serve((_request, response) => response.end('nothing here')), /does not name/);
  });

  test('another version inside', async () => {
    const bytes = archive('1.0.0');
    await expectRefused(await serveRelease(bytes, sumOf(bytes)), /does not run/);
  });

  test('404', async () => {
    await expectRefused(await serve((_request, response) => response.writeHead(404).end()), /answered 404/);
  });

  test('a connection that hangs', async () => {
    await expectRefused(await serve(() => {}), /did not answer/);
  });

  test('a download that stops halfway', async () => {
    const bytes = archive(SFU_VERSION);
    const url = await serve((request, response) => {
      if (request.url?.endsWith('/checksums.txt')) response.end(`${sumOf(bytes)}  ${ASSET}\n`);
      else response.writeHead(200, { 'content-length': bytes.length }).write(bytes.subarray(0, 20));
    });
    await expectRefused(url, /stopped sending/);
  });

  test('nobody listens', async () => {
    await expectRefused('http://127.0.0.1:9', /could not be had/);
  });
});

test('a cut-off binary in the cache is replaced', async () => {
  mkdirSync(cache);
  writeFileSync(join(cache, BINARY_NAME), 'half a binary', { mode: 0o755 });
  const bytes = archive(SFU_VERSION);
  const found = await find({ LIVEKIT_RELEASE_URL: await serveRelease(bytes, sumOf(bytes)) });
  expect(found).toMatchObject({ how: 'download' });
});

test('without a release, Go builds it; its half-made file is never used', async () => {
  script(join(path, 'go'), 'echo half > "$GOBIN/server"; echo "missing module" >&2; exit 1');
  expect(await find({})).toHaveProperty('problems');
  expect(reported.join('\n')).toContain('missing module');
  expect(leftovers()).toEqual([]);

  script(
    join(path, 'go'),
    `[ "$*" = "install github.com/livekit/livekit-server/cmd/server@v${SFU_VERSION}" ] || exit 2
printf '#!/bin/sh\\necho livekit-server version ${SFU_VERSION}\\n' > "$GOBIN/server"`,
  );
  expect(await find({})).toEqual({ binary: join(cache, BINARY_NAME), how: 'go' });
});

test('no way at all: the three ways are told', async () => {
  const found = await find({});
  const lines = 'problems' in found ? found.problems.join('\n') : '';
  expect(lines).toMatch(/1\. .*PATH[^]*2\. .*Go 1\.25[^]*3\. .*LIVEKIT_URL/);
});
