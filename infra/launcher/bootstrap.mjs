// The one way in for every npm script: plain Node, nothing installed yet. Usage: node bootstrap.mjs COMMAND [arguments]
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nodeProblem } from './nodeVersion.mjs';
import { parentage } from './parentage.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
// Read at once: npm may be gone by the time everything is built.
const startedBy = parentage();

/** @type {Record<string, (args: string[]) => Promise<number>>} */
const commands = {
  start: async () => {
    const { ensureBuilt } = await import('./build.mjs');
    const { bundle } = await import('./paths.mjs');
    if (!(await ensureBuilt(root))) return 1;
    const { start } = await import(bundle(root, 'launcher'));
    return start({ root, startedBy });
  },
  dev: async () => {
    const { register } = await import('tsx/esm/api');
    register();
    const { dev } = await import('./dev.ts');
    return dev({ root, startedBy });
  },
  build: async () => {
    const { build } = await import('./build.mjs');
    return (await build(root)) ? 0 : 1;
  },
  doctor: async () => {
    const { register } = await import('tsx/esm/api');
    register();
    return (await import('./doctor.ts')).doctor({ root });
  },
  check: async () => (await import('./check.mjs')).check(root),
  test: async (args) => (await import('./test.mjs')).test(root, args),
  bench: async (args) => (await import('./measure.mjs')).measure(root, 'bench', args),
  lab: async (args) => (await import('./measure.mjs')).measure(root, 'lab', args),
};

/** @param {string[]} words */
async function main(words) {
  const problem = nodeProblem(process.versions.node);
  if (problem !== null) {
    console.error(problem);
    return 1;
  }
  const command = commands[words[0] || ''];
  if (command === undefined) {
    console.error('Say what to do: ' + Object.keys(commands).join(', ') + '. For example: npm start');
    return 1;
  }
  const { ensureInstalled } = await import('./install.mjs');
  if (!(await ensureInstalled(root))) return 1;
  return command(words.slice(1));
}

// Not a top-level await: an old Node would stop at the syntax instead of telling its age.
main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
