import { readConfig, type Config } from '../../server/config.ts';
import { cacheFolder } from '../livekit/release.ts';
import { examineMediaAddress, examinePublicUrl } from './examineAddresses.ts';
import { examineClock, examineDataFolder, examineMemory, examineNode, examinePort } from './examineComputer.ts';
import { examineLivekit, examinePostgres, examineRedis, examineSfuBinary } from './examineServices.ts';
import { fix, look, ok, type Examined, type Finding } from './findings.ts';

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];
const NOTHING: Examined = { findings: [] };

/** `npm run doctor`: what this deployment lacks, a line each. Returns the exit code: 1 when something must be fixed. */
export async function doctor({ root }: { root: string }): Promise<number> {
  const findings = await examine(root, process.env);
  for (const { state, about, words } of findings) console.log(`${state.padEnd(5)} ${about}: ${words}`);
  const toFix = findings.filter(({ state }) => state === 'fix').length;
  const toLook = findings.filter(({ state }) => state === 'look').length;
  console.log(summary(toFix, toLook));
  return toFix === 0 ? 0 : 1;
}

/** Everything that is found about Kinroom as this environment describes it. Fetches nothing and leaves nothing behind. */
export async function examine(root: string, env: NodeJS.ProcessEnv): Promise<Finding[]> {
  const computer = [examineNode(process.versions.node), examineMemory()];
  const read = readConfig(env);
  if ('problems' in read) {
    const problems = read.problems.map((problem) => fix('configuration', problem));
    return [...computer, ...problems, look('the rest', 'It is looked at once the configuration can be read.')];
  }
  const { config } = read;
  const [port, database, redis, sfu, publicUrl] = await Promise.all([
    examinePort(config.port),
    config.databaseUrl === null ? NOTHING : examinePostgres(config.databaseUrl),
    config.redisUrl === null ? NOTHING : examineRedis(config.redisUrl, config.databaseUrl),
    config.livekit === null ? examineSfuBinary(env, cacheFolder(root)) : examineLivekit(config.livekit),
    examinePublicUrl(config),
  ]);
  const clocks = [database, redis, publicUrl].flatMap(({ clock }) => clock ?? []);
  return [
    ...computer,
    examineClock(clocks, Date.now()),
    ...examineSettings(config, env),
    ...examineDataFolder(config.dataFolder),
    ...port,
    ...database.findings,
    ...redis.findings,
    sfu,
    examineMediaAddress(config),
    ...publicUrl.findings,
  ];
}

function examineSettings({ databaseUrl, publicUrl }: Config, env: NodeJS.ProcessEnv): Finding[] {
  const findings = [ok('configuration', 'It can be read.')];
  const level = env['LOG_LEVEL'];
  if (level !== undefined && !LEVELS.includes(level)) {
    findings.push(look('LOG_LEVEL', `It is none of ${LEVELS.join(', ')}, so warn is used.`));
  }
  if (databaseUrl === null && publicUrl !== null) {
    findings.push(
      ok('DATABASE_URL', 'Not set: everything is kept in the data folder, by one server. Keep copies of it.'),
    );
  }
  return findings;
}

function summary(toFix: number, toLook: number): string {
  if (toFix > 0) return `${toFix} to fix${toLook > 0 ? `, ${toLook} to look at` : ''}.`;
  return toLook > 0 ? `Nothing must be fixed; ${toLook} to look at.` : 'Everything is in order.';
}
