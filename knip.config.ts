import type { KnipConfig } from 'knip';

const config: KnipConfig = {
  // What something outside the import graph starts: a command, the launcher, the test runner.
  entry: [
    'server/main.ts',
    'server/storage/migrations/*.ts', // Kysely calls `up` by its name
    'infra/launcher/{bootstrap.mjs,viteBuild.mjs,main.ts,dev.ts}',
    'infra/livekit/watchdog.mjs',
    '**/*.test.{ts,tsx}',
    'tests/{e2e,bench}/pages/*.{ts,tsx}',
    'tests/gallery/*.{ts,tsx,mjs}',
    'tests/launcher/standIn*.{ts,mjs}', // processes of their own
    'tests/{bench,lab}/*.ts', // `npm run bench` and `npm run lab` find them by name
  ],
  project: ['{client,server,shared,infra,tests}/**/*.{ts,tsx,mjs}', '*.config.ts'],
  ignoreDependencies: [
    'oxlint', // `npm run check` starts it by the path of its script
    'oxfmt', // the same
    'oxlint-tsgolint', // oxlint starts it for its type-aware rules
  ],
  ignoreBinaries: [
    'pgrep', // the system's; a test finds PostgreSQL's own processes with it
  ],
  // A type may be exported beside the function that mentions it, for whoever has to write it down.
  ignoreExportsUsedInFile: { interface: true, type: true },
};

export default config;
