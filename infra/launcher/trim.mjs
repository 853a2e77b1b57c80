// Some families come over a poor line: what the pages' libraries bring along for others is left out of the build. The
// pages of `npm run dev` have the libraries whole.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync, transformWithOxc, Visitor } from 'vite';
import { standIns } from './standIns.mjs';

/** livekit-client's sources, which come in its package beside the one ready-made file that it exports. */
const livekit = join(dirname(fileURLToPath(import.meta.resolve('livekit-client'))), '../src');
/** Libraries whose modules declare things and do nothing else when they are loaded; they don't say so themselves. */
const DECLARE_ONLY = /\/(livekit-client\/src|@livekit\/protocol|@bufbuild\/protobuf|engine\.io-client)\//;

const LEVELS = new Set(['trace', 'debug', 'info', 'log', 'warn', 'error']);
const LOGGERS = new Set(['log', 'livekitLogger', 'workerLogger', 'console']);

/**
 * For Vite: livekit-client from its sources, since a bundler can leave out next to nothing of the ready-made file (most of
 * its encryption worker is a protocol that no worker speaks); without the lines that log, which hold identities; and
 * stand-ins for what no page here uses. What a new version has renamed is simply not replaced: the pages work and are
 * heavier, and `npm run bench -- join` says by how much.
 * @returns {import('vite').Plugin}
 */
export function trim() {
  /** Which module imported a stand-in first. @type {Map<string, string>} */
  const places = new Map();
  return {
    name: 'kinroom-trim',
    enforce: 'pre',
    async resolveId(id, importer = '') {
      if (id === 'livekit-client') return join(livekit, 'index.ts');
      if (id === 'livekit-client/e2ee-worker') return join(livekit, 'e2ee/worker/e2ee.worker.ts');
      const standIn = standIns.find((one) => one.from.test(importer) && one.id.test(id));
      if (standIn) {
        places.set(`\0${standIn.name}`, importer);
        return { id: `\0${standIn.name}`, moduleSideEffects: standIn.code.includes('await') };
      }
      const from = places.get(importer) ?? importer;
      if (!DECLARE_ONLY.test(from)) return null;
      const found = await this.resolve(id, from, { skipSelf: true });
      return found && { ...found, moduleSideEffects: !DECLARE_ONLY.test(found.id) };
    },
    load: (id) => standIns.find(({ name }) => id === `\0${name}`)?.code ?? null,
    transform(code, id) {
      if (!id.startsWith(livekit)) return null;
      // As the library's own build has it: a field without a value is a type, not a statement.
      const fields = { removeClassFieldsWithoutInitializer: true };
      return transformWithOxc(withoutLogging(inHaste(code), id), id, { typescript: fields });
    },
  };
}

/**
 * livekit-client looks every 50 ms whether it is connected, and lets pictures in only then: half of that, on average, is
 * lost to everybody who comes in.
 * @param {string} code
 */
function inHaste(code) {
  return code.replace('await sleep(50); // FIXME we shouldn', 'await sleep(5); // FIXME we shouldn');
}

/**
 * @param {string} code
 * @param {string} id
 */
function withoutLogging(code, id) {
  /** @type {[number, number][]} */
  const cuts = [];
  new Visitor({
    ExpressionStatement({ start, end, expression }) {
      if (expression.type === 'CallExpression' && isLogger(expression.callee)) cuts.push([start, end]);
    },
  }).visit(parseSync(id, code).program);
  // From the end, so that earlier places stay where they are.
  return cuts.reduceRight((text, [start, end]) => `${text.slice(0, start)};${text.slice(end)}`, code);
}

/** `log.debug`, `this.log.warn` and their like. @param {import('vite').ESTree.Expression} callee */
function isLogger(callee) {
  if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return false;
  const { object, property } = callee;
  const owner = object.type === 'MemberExpression' ? object.property : object;
  return owner.type === 'Identifier' && LOGGERS.has(owner.name) && LEVELS.has(property.name);
}
