import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { forbidden, habits, harmless } from './plants.ts';

const root = path.resolve(import.meta.dirname, '../..');
const planted = [...forbidden, ...harmless, ...habits];

type Diagnostic = { filename: string; code: string; message: string; help?: string };
type Report = { number_of_files: number; diagnostics: Diagnostic[] };

let copy: string;
let report: Report;

/** What oxlint finds, with this repository's own configuration, in the planted folders of `copy`. */
function lint(): Promise<Report> {
  const oxlint = path.join(root, 'node_modules/oxlint/bin/oxlint');
  const folders = ['client', 'server', 'shared', 'infra', 'tests', 'vite.config.ts'];
  return new Promise((resolve, reject) => {
    // It exits with 1 when it finds something, which is what we hope for: only its answer counts.
    execFile(
      process.execPath,
      [oxlint, '--format', 'json', ...folders],
      { cwd: copy, maxBuffer: 1e8 },
      (_, out, error) => {
        try {
          resolve(JSON.parse(out));
        } catch {
          reject(new Error(`oxlint gave no report: ${out.slice(0, 500)}${error.slice(0, 500)}`));
        }
      },
    );
  });
}

function said(file: string): Diagnostic[] {
  return report.diagnostics.filter((diagnostic) => diagnostic.filename === file);
}

beforeAll(async () => {
  copy = await mkdtemp(path.join(tmpdir(), 'kinroom-boundaries-'));
  for (const name of ['.oxlintrc.json', 'tsconfig.json', 'package.json']) {
    await cp(path.join(root, name), path.join(copy, name));
  }
  await symlink(path.join(root, 'node_modules'), path.join(copy, 'node_modules'));
  for (const plant of planted) {
    const file = path.join(copy, plant.file);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, plant.code);
  }
  report = await lint();
}, 60_000);

afterAll(() => rm(copy, { recursive: true, force: true }));

describe('boundaries', () => {
  test('every planted file was looked at, and none planted twice', () => {
    const files = planted.map((plant) => plant.file);
    expect(new Set(files).size).toBe(files.length);
    expect(report.number_of_files).toBe(files.length);
  });

  test.each(forbidden)('$file is refused', ({ file, answers }) => {
    const words = said(file)
      .filter(
        ({ code, message, help }) => code.includes('no-restricted-') && `${message} ${help}`.includes('boundary:'),
      )
      .map(({ message, help }) => `${message} ${help}`);
    expect(words).toHaveLength(answers.length);
    for (const answer of answers) expect(words).toContainEqual(expect.stringMatching(answer));
  });

  test.each(harmless)('$file passes', ({ file }) => {
    expect(said(file)).toEqual([]);
  });

  test.each(habits)('$file breaks $rule', ({ file, rule }) => {
    expect(said(file).map((diagnostic) => diagnostic.code)).toContainEqual(expect.stringContaining(`(${rule})`));
  });
});
