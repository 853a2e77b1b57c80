import { spawn } from 'node:child_process';

/** @type {NodeJS.Signals[]} */
const STOP_SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'];

/**
 * Runs a command to its end and returns its exit code (128 when a signal ended it, 127 when it could not be started).
 * What it prints goes to stderr unless told otherwise, so that stdout stays for the answer. Whoever stops us stops it too.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd: string, env?: NodeJS.ProcessEnv, stdout?: 1 | 2, timeoutMs?: number }} options
 * @returns {Promise<number>}
 */
export function run(command, args, { cwd, env = process.env, stdout = 2, timeoutMs }) {
  return new Promise((settle) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', stdout, 2] });
    const timer = timeoutMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), timeoutMs);
    /** @param {NodeJS.Signals} signal */
    const pass = (signal) => {
      stoppedBy = signal;
      child.kill(signal);
    };
    /** @type {NodeJS.Signals | null} */
    let stoppedBy = null;
    for (const signal of STOP_SIGNALS) process.on(signal, pass);

    /** @param {number} code */
    const finish = (code) => {
      clearTimeout(timer);
      for (const signal of STOP_SIGNALS) process.off(signal, pass);
      // Our own end was asked for: whatever would come after this command must not start.
      if (stoppedBy !== null) process.kill(process.pid, stoppedBy);
      else settle(code);
    };
    child.once('error', (error) => {
      if (child.pid !== undefined) return;
      console.error(`${command} could not be started: ${error.message}`);
      finish(127);
    });
    child.once('exit', (code) => finish(code ?? 128));
  });
}
