import { existsSync, mkdtempSync, rmSync, statfsSync, statSync } from 'node:fs';
import { totalmem, freemem } from 'node:os';
import { dirname, join } from 'node:path';
import { fix, look, ok, type Finding, type OtherClock } from './findings.ts';
import { portProblem } from './ports.ts';

const GB = 2 ** 30;
/** Server and SFU for one group take about a quarter of a gigabyte; a start that builds takes more. */
const LITTLE_MEMORY = 1 * GB;
const NO_SPACE = 0.2 * GB;
const LITTLE_SPACE = 1 * GB;
/** The oldest Node that still gets security fixes; Kinroom itself runs on 20.19. */
const SUPPORTED_NODE = 22;

export function examineNode(version: string): Finding {
  if (Number.parseInt(version, 10) >= SUPPORTED_NODE) return ok('Node', `${version}.`);
  return look('Node', `${version} works, but gets no more security fixes. Use Node 24.`);
}

/** What this process may use: of the computer, or of its container. */
export function examineMemory(total = memoryLimit(), free = freemem()): Finding {
  const words = `${gigabytes(total)} in all, ${gigabytes(Math.min(free, total))} free.`;
  if (total >= LITTLE_MEMORY) return ok('memory', words);
  return look(
    'memory',
    `${words} That is little for a server and a media server. Give it ${gigabytes(LITTLE_MEMORY)} or more.`,
  );
}

function memoryLimit(): number {
  const limit = process.constrainedMemory();
  return limit > 0 && limit < totalmem() ? limit : totalmem();
}

/** Whether the data folder, or the place where it will be made, can be written, by us alone, and has room. */
export function examineDataFolder(folder: string): Finding[] {
  const about = 'data folder';
  const there = existsSync(folder);
  const place = nearestExisting(folder);
  try {
    if (!statSync(place).isDirectory()) return [fix(about, `${place} is a file. Choose a folder with KINROOM_DATA.`)];
    // Permissions alone don't tell: the disk may be read-only.
    rmSync(mkdtempSync(join(place, '.kinroom-doctor-')), { recursive: true });
  } catch {
    return [fix(about, `${place} can’t be written to. Allow it for this account, or name another with KINROOM_DATA.`)];
  }
  const { bavail, bsize } = statfsSync(place);
  const free = bavail * bsize;
  const findings = [ok(about, `${folder} ${there ? 'can be written to' : 'will be made at the first start'}.`)];
  if (free < NO_SPACE) findings.push(fix('disk', `${gigabytes(free)} free where the data is. Make room.`));
  else if (free < LITTLE_SPACE)
    findings.push(look('disk', `${gigabytes(free)} free where the data is. Make room soon.`));
  else findings.push(ok('disk', `${gigabytes(free)} free where the data is.`));
  if (there && process.platform !== 'win32' && (statSync(folder).mode & 0o077) !== 0) {
    findings.push(look(about, `Others on this computer may read it. Keep it to yourself: chmod 700 ${folder}`));
  }
  return findings;
}

function nearestExisting(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : nearestExisting(dirname(folder));
}

/** Whether the port can be had, or a Kinroom that runs already has it, and then how that one is. */
export async function examinePort(port: number): Promise<Finding[]> {
  const about = 'port';
  if (port === 0) return [ok(about, 'Any free one.')];
  const problem = await portProblem(port);
  if (problem === null) return [ok(about, `${port} is free.`)];
  if (problem === 'EACCES') return [fix(about, `This account may not open ${port}. Choose another, e.g. PORT=8080.`)];
  if (problem !== 'EADDRINUSE') return [fix(about, `${port} can’t be opened (${problem}). Choose another with PORT.`)];
  try {
    const url = `http://127.0.0.1:${port}`;
    const health = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(3_000) });
    const alive = (await health.json()) as { ok?: unknown };
    if (alive.ok !== true) throw new Error('not ours');
    const ready = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(5_000) });
    return [ok(about, `${port} is taken by a Kinroom that runs.`), ...partsOf(await ready.json().catch(() => null))];
  } catch {
    return [fix(about, `${port} is taken by another program. Stop that one, or choose another with PORT.`)];
  }
}

const PARTS: Record<string, string> = { database: 'its database', sfu: 'its media server', redis: 'Redis' };

function partsOf(report: unknown): Finding[] {
  const checks = (report as { checks?: Record<string, string> } | null)?.checks ?? {};
  const down = Object.keys(checks).filter((part) => checks[part] !== 'ok');
  return down.map((part) => fix('running Kinroom', `It can’t reach ${PARTS[part] ?? 'a part it needs'}.`));
}

const WRONG_MS = 30_000;
const OFF_MS = 5_000;
/** No clock that is right shows less. */
const THIS_WAS_WRITTEN = Date.UTC(2026, 10, 1);

/** Tokens for the media server are good for a minute, so clocks that differ by more keep everybody out. */
export function examineClock(others: OtherClock[], now: number): Finding {
  const about = 'clock';
  if (now < THIS_WAS_WRITTEN) return fix(about, `It says ${new Date(now).toISOString()}, which is past. Set it.`);
  const [worst] = others.toSorted((a, b) => Math.abs(b.aheadMs) - Math.abs(a.aheadMs));
  if (worst === undefined)
    return ok(about, `It says ${new Date(now).toISOString()}. There was none to compare it with.`);
  const off = Math.max(0, Math.abs(worst.aheadMs) - worst.exactToMs);
  const words = `It differs by ${Math.round(off / 1000)} s from that of ${worst.of}. Let both follow a time server (NTP).`;
  if (off > WRONG_MS) return fix(about, words);
  if (off > OFF_MS) return look(about, words);
  return ok(about, `It agrees with that of ${others.map((other) => other.of).join(' and ')}.`);
}

function gigabytes(bytes: number): string {
  return `${(bytes / GB).toFixed(1)} GB`;
}
