// Starts the SFU and ends it when the launcher is gone, however the launcher ended. Usage: node watchdog.mjs BINARY
import { spawn } from 'node:child_process';
import { constants } from 'node:os';

// With people in its rooms the SFU waits for them on a first SIGTERM; a second one ends it.
const SECOND_TERM_MS = 200;
const KILL_MS = 1500;

const [binary = 'livekit-server'] = process.argv.slice(2);
const sfu = spawn(binary, [], { stdio: ['ignore', 'inherit', 'inherit'] });

let stopping = false;
function stop() {
  if (stopping) return;
  stopping = true;
  sfu.kill('SIGTERM');
  setTimeout(() => sfu.kill('SIGTERM'), SECOND_TERM_MS);
  setTimeout(() => sfu.kill('SIGKILL'), KILL_MS);
}

sfu.once('error', (error) => {
  console.error(`${binary} could not be started: ${error.message}`);
  process.exit(127);
});
sfu.once('exit', (code, signal) => process.exit(code ?? 128 + (signal === null ? 0 : constants.signals[signal])));

// The channel's other end closes with the launcher, also when that is killed.
process.once('disconnect', stop);
process.once('SIGTERM', stop);
if (!process.connected) stop();
else process.send?.({ sfuPid: sfu.pid }, () => {});
