import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');

/** Everything that is, or would be, committed; a file deleted but not yet committed is left out. */
const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter((file) => file !== '' && existsSync(path.join(root, file)));

const sources = files.filter((file) => /\.(ts|tsx|mjs)$/.test(file));
const shipped = sources.filter((file) => /^(client|server|shared)\//.test(file) && !/\.(test|fixtures)\./.test(file));

/** What the top level may hold, besides dot files and what git ignores. */
const topLevel = new Set([
  'client',
  'infra',
  'server',
  'shared',
  'tests',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'knip.config.ts',
  'vite.config.ts',
  'vitest.config.ts',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'LICENSE',
  'README.md',
]);

function text(file: string): string {
  return readFileSync(path.join(root, file), 'utf8');
}

/** Lines as an editor counts them. */
function lines(file: string): number {
  return text(file).trimEnd().split('\n').length;
}

/** Every relative path that a file imports, in whichever way. */
function relativeImports(file: string): string[] {
  return [...text(file).matchAll(/(?:\bfrom|\bimport)\s*\(?\s*['"](\.[^'"]*)['"]/g)].map((match) => match[1] ?? '');
}

describe('files', () => {
  test('there are files to look at', () => {
    expect(sources.length).toBeGreaterThan(20);
    expect(sources.flatMap(relativeImports).length).toBeGreaterThan(20);
  });

  test('no source has more than 300 lines, no stylesheet more than 600', () => {
    const long = [...sources.map((file) => [file, 300] as const), ...styles().map((file) => [file, 600] as const)]
      .filter(([file, most]) => lines(file) > most)
      .map(([file]) => `${file}: ${lines(file)}`);
    expect(long).toEqual([]);
  });

  test('no barrel and no utils', () => {
    expect(sources.filter((file) => /(^|\/)(index|utils?|helpers?)\.(ts|tsx|mjs)$/.test(file))).toEqual([]);
    expect(sources.filter((file) => /\/(utils?|helpers?)\//.test(file))).toEqual([]);
    expect(sources.filter((file) => /^export \*/m.test(text(file)))).toEqual([]);
  });

  test('the top level holds what it should and nothing else', () => {
    const entries = new Set(files.map((file) => file.split('/')[0] ?? ''));
    expect([...entries].filter((entry) => !entry.startsWith('.') && !topLevel.has(entry))).toEqual([]);
  });

  test('folders of sources are one level deep', () => {
    // The boundary patterns in .oxlintrc.json count on it. Migrations are many and read better apart.
    const deep = sources.filter((file) => /^(client|server|shared|infra)\/[^/]+\/[^/]+\//.test(file));
    expect(deep.filter((file) => !file.startsWith('server/storage/migrations/'))).toEqual([]);
  });

  test('an import takes the shortest path', () => {
    // `../ui/../keys/words.ts` would walk around a boundary.
    const detours = sources.flatMap((file) =>
      relativeImports(file)
        .filter((to) => to !== shortest(file, to))
        .map((to) => `${file}: ${to}`),
    );
    expect(detours).toEqual([]);
  });

  test('what is shipped imports no test tool', () => {
    const tools = /from '(vitest|fast-check|axe-core|playwright-core)|\.(test|fixtures)\.tsx?'/;
    expect(shipped.filter((file) => tools.test(text(file)))).toEqual([]);
  });
});

function styles(): string[] {
  return files.filter((file) => file.endsWith('.css'));
}

function shortest(file: string, to: string): string {
  const folder = path.posix.dirname(file);
  const way = path.posix.relative(folder, path.posix.join(folder, to));
  return way.startsWith('.') ? way : `./${way}`;
}
