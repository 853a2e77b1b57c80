import { execFile, spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { toolScript } from './paths.mjs';
import { run } from './run.mjs';

const VERSION_TIMEOUT_MS = 20_000;
/** Without a network Playwright tries again and again; no progress in this time means there is none. */
const FIRST_BYTES_MS = 20_000;
const DOWNLOAD_MS = 10 * 60_000;
const APT_MS = 10 * 60_000;

const COMMANDS = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser', 'chrome'];

const INSTALLED = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/**
 * A Chrome or Chromium for the browser tests: CHROME_PATH, one on this computer, Playwright's download, apt. Returns
 * its path, or null after a line that says how to get one.
 * @param {string} root
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<string | null>}
 */
export async function findBrowser(root, env = process.env) {
  const named = env['CHROME_PATH'];
  if (named) {
    if (await isBrowser(named)) return named;
    console.error(`CHROME_PATH is “${named}”, which is not a working Chrome or Chromium. Correct or unset it.`);
    return null;
  }
  const { chromium } = await import('playwright-core');
  const ours = chromium.executablePath();
  const found = await firstBrowser([...onPath(env), ...INSTALLED, ours]);
  if (found !== null) return found;

  console.error('There is no Chrome or Chromium on this computer. Getting one from Playwright.');
  if ((await download(root, env)) && (await isBrowser(ours))) return ours;

  if (canUseApt(env)) {
    console.error('Playwright’s download could not be had. Installing Chromium with apt-get.');
    await aptGet(['update']);
    await aptGet(['install', '--yes', '--no-install-recommends', 'chromium']);
    const installed = await firstBrowser(onPath(env));
    if (installed !== null) return installed;
  }
  console.error(
    'The browser tests need Chrome or Chromium. Install one, or set CHROME_PATH to it, then run npm test again.',
  );
  return null;
}

/** @param {string[]} candidates */
async function firstBrowser(candidates) {
  for (const candidate of candidates) {
    if (isExecutable(candidate) && (await isBrowser(candidate))) return candidate;
  }
  return null;
}

/**
 * It runs: a browser whose libraries are missing does not count.
 * @param {string} file
 * @returns {Promise<boolean>}
 */
function isBrowser(file) {
  // Chrome on Windows opens a window instead of telling its version.
  if (process.platform === 'win32') return Promise.resolve(isExecutable(file));
  return new Promise((resolve) => {
    execFile(file, ['--version'], { timeout: VERSION_TIMEOUT_MS }, (error, stdout) =>
      resolve(error === null && /chrom/i.test(stdout)),
    );
  });
}

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** @param {NodeJS.ProcessEnv} env */
function onPath(env) {
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return COMMANDS.flatMap((command) => folders.map((folder) => join(folder, command)));
}

/**
 * Playwright's own download; given up when nothing arrives.
 * @param {string} root
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<boolean>}
 */
function download(root, env) {
  return new Promise((resolve) => {
    const script = toolScript(root, 'playwright-core');
    const child = spawn(process.execPath, [script, 'install', 'chromium', '--no-shell'], {
      env: { PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '5000', ...env },
      // Its failures are pages of traces, one for each try.
      stdio: ['ignore', 'pipe', 'ignore'],
      // Its own process group: the download itself runs in a process below.
      detached: true,
    });
    const giveUp = () => child.pid !== undefined && process.kill(-child.pid, 'SIGKILL');
    let timer = setTimeout(giveUp, FIRST_BYTES_MS);
    child.stdout?.on('data', (chunk) => {
      if (!String(chunk).includes('%')) return;
      process.stderr.write(chunk);
      clearTimeout(timer);
      timer = setTimeout(giveUp, DOWNLOAD_MS);
    });
    process.once('exit', giveUp);
    child.once('error', () => resolve(false));
    child.once('exit', (code) => {
      clearTimeout(timer);
      process.off('exit', giveUp);
      resolve(code === 0);
    });
  });
}

/** @param {NodeJS.ProcessEnv} env */
function canUseApt(env) {
  const isRoot = process.getuid?.() === 0;
  return isRoot && (env['PATH'] ?? '').split(delimiter).some((folder) => isExecutable(join(folder, 'apt-get')));
}

/** @param {string[]} args */
function aptGet(args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return run('apt-get', ['-qq', ...args], { cwd: '/', env, timeoutMs: APT_MS });
}
