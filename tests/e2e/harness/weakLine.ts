import { attempt, namespacesProblem, run } from '../../../infra/netlab/commands.ts';
import type { Line } from '../../../infra/netlab/line.ts';

/** As much waits at the end of a home line before packets are lost. */
const QUEUE = { burst: '4kb', latency: '400ms' };

/** Why this computer can't make a line weak, in words; null when it can. */
export function weakLineProblem(): string | null {
  const problem = namespacesProblem();
  if (problem !== null) return problem;
  const name = `kinlab-${process.pid}-probe`;
  try {
    run('ip', ['netns', 'add', name]);
    run('ip', ['-n', name, 'link', 'add', 'probe0', 'type', 'veth', 'peer', 'name', 'probe1']);
    limit(name, 'probe0', 100);
    return null;
  } catch (error) {
    return (error as Error).message;
  } finally {
    attempt('ip', ['netns', 'del', name]);
  }
}

/** Lets only so many thousand bits a second through to the device, as a real line does: with a queue. Null: all again. */
export function weaken(line: Line, kbits: number | null): void {
  const router = line.namespace.replace(/device$/, 'router');
  attempt('ip', ['netns', 'exec', router, 'tc', 'qdisc', 'del', 'dev', 'lan', 'root']);
  if (kbits !== null) limit(router, 'lan', kbits);
}

function limit(namespace: string, device: string, kbits: number): void {
  const { burst, latency } = QUEUE;
  const filter = ['tbf', 'rate', `${kbits}kbit`, 'burst', burst, 'latency', latency];
  run('ip', ['netns', 'exec', namespace, 'tc', 'qdisc', 'add', 'dev', device, 'root', ...filter]);
}
