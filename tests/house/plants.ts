/** A file to plant: where, what it says, and all that the boundary rules must answer; nothing for a harmless control. */
type Plant = { file: string; code: string; answers: RegExp[] };

const seen = /folder that a person sees imports ui, i18n, api, session, live/;
const composes = /room and facilitator import ui/;
const clientOnly = /client imports client and #shared; never server, infra or tests/;
const libraries =
  /livekit-client is for client\/media, key libraries for client\/keys, schemas and server libraries for/;
const keysOnly = /keys imports #shared, @hpke\/core, @scure\/bip39 and idb-keyval only/;
const serverOnly = /server imports server and #shared; never client, infra or tests/;
const wires = /only main\.ts reaches into its folders/;
const serverLibraries = /livekit-server-sdk is for server\/livekit, libraries of the browser for client/;
const sharedOnly = /shared imports shared only/;
const noClock = /shared has no clock/;
const noRandomness = /shared has no randomness/;
const infraOnly = /infra imports infra, #shared, server\/config\.ts and server\/launcherMessages\.ts/;

/** A file that imports `from`: nothing need exist there. */
function plants(file: string, from: string, ...answers: RegExp[]): Plant {
  return { file, code: `import { a } from '${from}';\n\nexport const planted = [a];\n`, answers };
}

function globals(answer: RegExp, names: string[]): Plant[] {
  return names.map((name) => ({
    file: `shared/${name}.ts`,
    code: `export const planted = ${name};\n`,
    answers: [answer],
  }));
}

export const forbidden: Plant[] = [
  // client and server
  plants('client/main.tsx', '../server/http/links.ts', clientOnly),
  plants('client/app.tsx', '../infra/launcher/main.ts', clientOnly),
  plants('client/app2.tsx', '../tests/house/plants.ts', clientOnly),
  plants('client/app3.tsx', '../shared/api.ts', clientOnly),
  plants('client/app4.tsx', 'livekit-client', libraries),
  plants('client/room/server.tsx', '../../server/config.ts', composes),
  plants('client/live/server.ts', '../../server/config.ts', /live imports session, keys, media, api/),
  plants('client/chat/infra.ts', '../../infra/livekit/find.ts', seen),
  plants('client/chat/tests.ts', '../../tests/e2e/harness/browser.ts', seen),
  plants('client/api/schema.ts', '#shared/api.schema.ts', libraries),
  plants('client/session/socketio.ts', 'socket.io', libraries),
  plants('client/session/zod.ts', 'zod', libraries),
  {
    file: 'server/main.ts',
    code: "import '../client/main.tsx';\nimport 'livekit-client';\n",
    answers: [serverOnly, serverLibraries],
  },
  plants('server/http/client.ts', '../../client/api/call.ts', /http and realtime import/),
  plants('server/realtime/tests.ts', '../../tests/e2e/harness/sfu.ts', /http and realtime import/),
  plants('server/storage/infra.ts', '../../infra/launcher/ports.ts', /storage imports config/),
  plants('server/http/react.ts', 'react', serverLibraries),

  // the folders that a person sees, and those below them
  ...['join', 'agenda', 'people', 'chat', 'breakouts', 'clip', 'recorder', 'family', 'courses', 'somethingNew'].map(
    (folder) => plants(`client/${folder}/neighbour.tsx`, '../facilitator/console.tsx', seen),
  ),
  plants('client/join/media.tsx', '../media/mediaRoom.ts', seen),
  plants('client/join/keys.tsx', '../keys/words.ts', seen),
  plants('client/join/app.tsx', '../app.tsx', seen),
  plants('client/room/media.tsx', '../media/mediaRoom.ts', composes),
  plants('client/room/join.tsx', '../join/page.tsx', composes),
  plants('client/facilitator/room.tsx', '../room/room.tsx', composes),
  plants('client/facilitator/livekit.tsx', 'livekit-client', libraries),
  plants('client/live/livekit.ts', 'livekit-client/e2ee-worker?worker', libraries),
  plants('client/live/deep.ts', 'livekit-client/dist/src/room/Room.js', libraries),
  plants('client/live/room.ts', '../room/room.tsx', /live imports session/),
  plants('client/live/hpke.ts', '@hpke/core', libraries),
  plants('client/keys/media.ts', '../media/mediaRoom.ts', keysOnly),
  plants('client/keys/session.ts', '../session/store.ts', keysOnly),
  plants('client/keys/react.ts', 'react', keysOnly),
  plants('client/keys/node.ts', 'node:crypto', keysOnly),
  plants('client/keys/schema.ts', '#shared/api.schema.ts', keysOnly),
  plants('client/keys/some.test.ts', '../session/store.ts', /tests in keys import/),
  plants('client/media/keys.ts', '../keys/words.ts', /media imports #shared only/),
  plants('client/media/session.ts', '../session/store.ts', /media imports #shared only/),
  plants('client/session/keys.ts', '../keys/words.ts', /session imports api and #shared/),
  plants('client/session/media.ts', '../media/mediaRoom.ts', /session imports api and #shared/),
  plants('client/ui/live.tsx', '../live/screens.ts', /ui, i18n and api import/),

  plants('client/room/kysely.ts', 'kysely', libraries),
  plants('client/clip/express.ts', 'express', libraries),
  plants('client/ui/livekit.ts', 'livekit-client', libraries),
  plants('client/media/hpke.ts', '@hpke/core', /key libraries are for client\/keys/),

  // server, layer by layer
  plants('server/config2.ts', 'livekit-server-sdk', serverLibraries),
  plants('server/mail/sdk.ts', 'livekit-server-sdk', serverLibraries),
  {
    file: 'server/sessions/effects.test.ts',
    code: "import '../http/links.ts';\nimport 'livekit-server-sdk';\n",
    answers: [/effects\.ts imports/, serverLibraries],
  },
  plants('server/demo/sdk.ts', 'livekit-server-sdk', serverLibraries),
  plants('server/livekit/browser.ts', 'livekit-client', /libraries of the browser are for client/),
  plants('server/storage/sdk.ts', 'livekit-server-sdk', serverLibraries),
  plants('server/storage/migrations/sdk.ts', 'livekit-server-sdk', serverLibraries),
  plants('server/config.ts', './storage/database.ts', wires),
  plants('server/realtime/http.ts', '../http/links.ts', /http and realtime import/),
  plants('server/http/demo.ts', '../demo/course.ts', /http and realtime import/),
  plants('server/http/sdk.ts', 'livekit-server-sdk', serverLibraries),
  plants('server/sessions/queue.ts', '../livekit/rooms.ts', /sessions imports storage/),
  plants('server/sessions/sdk.ts', 'livekit-server-sdk', serverLibraries),
  ...['mail', 'records', 'access', 'jobs', 'nodes', 'somethingNew'].map((folder) =>
    plants(`server/${folder}/up.ts`, '../sessions/queue.ts', /a folder of server imports storage/),
  ),
  ...['sessions/live.ts', 'storage/open.ts', 'config.ts', 'livekit/client.ts'].map((to, index) =>
    plants(`server/metrics/of${index}.ts`, `../${to}`, /metrics imports #shared only/),
  ),
  plants('server/metrics/sdk.ts', 'livekit-server-sdk', serverLibraries),
  plants('server/sessions/metrics.ts', '../metrics/watch.ts', /sessions imports storage/),
  plants('server/demo/http.ts', '../http/links.ts', /demo imports/),
  plants('server/livekit/storage.ts', '../storage/database.ts', /livekit imports config/),
  plants('server/storage/sessions.ts', '../sessions/queue.ts', /storage imports config/),
  plants('server/storage/migrations/out.ts', '../../sessions/queue.ts', /a migration imports/),

  // shared
  plants('shared/session/fs.ts', 'node:fs', sharedOnly),
  plants('shared/session/client.ts', '../../client/live/screens.ts', sharedOnly),
  plants('shared/session/zod.ts', 'zod', sharedOnly),
  plants('shared/api.ts', '../server/config.ts', sharedOnly),
  plants('shared/session/schema.ts', '#shared/api.schema.ts', /a schema runs on the server only/),
  plants('shared/api.schema.ts', 'express', /a schema imports shared and zod only/),
  plants('shared/session/some.test.ts', '../../server/config.ts', /tests and fixtures in shared/),
  { file: 'shared/session/date.ts', code: 'export const now = Date.now();\n', answers: [noClock] },
  { file: 'shared/session/newDate.ts', code: 'export const now = new Date(0);\n', answers: [noClock] },
  ...globals(/shared has no clock/, ['performance', 'setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask']),
  ...globals(/shared has no clock/, ['requestAnimationFrame']),
  ...globals(/shared does no I\/O/, ['fetch', 'WebSocket', 'XMLHttpRequest']),
  ...globals(/shared does no I\/O/, ['localStorage', 'sessionStorage', 'indexedDB']),
  ...globals(/shared runs on both sides/, ['process', 'Buffer', 'window', 'document', 'navigator']),
  ...globals(/shared runs on both sides/, ['self', 'global', 'globalThis']),
  { file: 'shared/session/random.ts', code: 'export const n = Math.random();\n', answers: [noRandomness] },
  { file: 'shared/session/crypto.ts', code: 'export const id = crypto.randomUUID();\n', answers: [noRandomness] },

  // infra
  plants('infra/launcher/main.ts', '../../server/main.ts', infraOnly),
  plants('infra/launcher/client.ts', '../../client/main.tsx', infraOnly),
  plants('infra/livekit/tests.ts', '../../tests/launcher/ports.ts', infraOnly),
  plants('infra/livekit/sdk.mjs', 'livekit-server-sdk', /infra imports no library of client or of server/),
  plants('infra/check.ts', '../server/main.ts', infraOnly),
  plants('infra/react.ts', 'react', /infra imports no library of client or of server/),
  plants('vite.config.ts', './infra/launcher/main.ts', /a configuration imports none/),

  // every other way to write an import
  { file: 'client/clip/types.ts', code: "export type { A } from '../facilitator/console.tsx';\n", answers: [seen] },
  { file: 'client/clip/effect.ts', code: "import '../facilitator/console.tsx';\n", answers: [seen] },
  {
    file: 'client/clip/lazy.ts',
    code: "export const lazy = () => import('../facilitator/console.tsx');\n",
    answers: [seen],
  },
  {
    file: 'client/clip/type.ts',
    code: "import type { A } from '../facilitator/console.tsx';\n\nexport type B = { a: A };\n",
    answers: [seen],
  },
];

export const harmless: Plant[] = [
  plants('client/main2.tsx', './room/room.tsx'),
  plants('client/clip/ok.tsx', '../ui/button.tsx'),
  plants('client/clip/own.tsx', './picker.tsx'),
  plants('client/clip/live.tsx', '../live/screens.ts'),
  plants('client/clip/some.test.tsx', 'node:fs'),
  plants('client/room/clip.tsx', '../clip/clip.tsx'),
  plants('client/live/ok.ts', '../keys/words.ts'),
  plants('client/media/ok.ts', 'livekit-client'),
  plants('client/media/worker.ts', 'livekit-client/e2ee-worker?worker'),
  plants('client/keys/ok.ts', '@hpke/core'),
  plants('client/keys/words.ts', '@scure/bip39/wordlists/english.js'),
  plants('client/keys/ok.test.ts', 'fast-check'),
  plants('server/http/ok.ts', 'socket.io'),
  plants('server/http/schema.ts', '#shared/api.schema.ts'),
  plants('server/http/sessions.ts', '../sessions/queue.ts'),
  plants('server/http/metrics.ts', '../metrics/watch.ts'),
  plants('server/realtime/metrics.ts', '../metrics/watch.ts'),
  plants('server/metrics/ok.ts', 'prom-client'),
  plants('server/sessions/effects.ts', '../livekit/rooms.ts'),
  plants('server/demo/links.ts', '../launcherMessages.ts'),
  plants('server/livekit/ok.ts', 'livekit-server-sdk'),
  plants('server/storage/migrations/ok.ts', '../database.ts'),
  plants('shared/session/ok.ts', '../programme/programme.ts'),
  plants('shared/other.schema.ts', 'zod'),
  plants('shared/session/ok.test.ts', 'node:fs'),
  plants('infra/launcher/ok.ts', '../../server/config.ts'),
  plants('infra/launcher/livekit.ts', '../livekit/find.ts'),
  plants('tests/e2e/ok.ts', '../../server/main.ts'),
  {
    file: 'shared/typesOnly.ts',
    code: "import type { A } from './api.schema.ts';\n\nexport type B = { a: A };\n",
    answers: [],
  },
];

/** A habit that the house does not want, and the rule that must say so. Shows too that the type-aware rules run. */
export const habits: { file: string; code: string; rule: string }[] = [
  {
    file: 'server/sessions/floating.ts',
    code: 'async function save() {\n  await Promise.resolve();\n}\n\nexport function close() {\n  save();\n}\n',
    rule: 'no-floating-promises',
  },
  { file: 'client/room/any.ts', code: 'export const a: any = 1;\n', rule: 'no-explicit-any' },
  { file: 'client/room/default.ts', code: 'const a = 1;\n\nexport default a;\n', rule: 'no-default-export' },
  { file: 'client/room/console.ts', code: "console.log('here');\n", rule: 'no-console' },
  { file: 'server/http/console.ts', code: "console.log('here');\n", rule: 'no-console' },
  { file: 'shared/session/console.ts', code: "console.log('here');\n", rule: 'no-console' },
  { file: 'shared/session/long.ts', code: `${'\n'.repeat(300)}export const a = 1;\n`, rule: 'max-lines' },
  {
    file: 'client/room/hook.tsx',
    code: "import { useState } from 'react';\n\nexport function Hand({ up }: { up: boolean }) {\n  if (up) return null;\n  const [at] = useState(0);\n  return <p>{at}</p>;\n}\n",
    rule: 'rules-of-hooks',
  },
  { file: 'client/room/alt.tsx', code: 'export const Face = () => <img src="a.png" />;\n', rule: 'alt-text' },
  {
    file: 'client/clip/typeOf.ts',
    code: "export type A = import('../facilitator/console.tsx').A;\n",
    rule: 'consistent-type-imports',
  },
  {
    file: 'server/http/require.cts',
    code: "import console = require('../../client/main.tsx');\n\nexport const a = console;\n",
    rule: 'no-require-imports',
  },
  {
    file: 'client/clip/node.ts',
    code: "import { a } from 'node:fs';\n\nexport const b = a;\n",
    rule: 'no-nodejs-modules',
  },
];
