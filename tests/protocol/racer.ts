// A process of its own that holds one session, as a node does, and gives the commands it is told to as Ruth.
import type { Command, CommandAnswer } from '#shared/session/commands.ts';
import { actorOf } from '#shared/session/session.fixtures.ts';
import { openLiveSession } from '../../server/sessions/live.ts';
import { openStorage } from '../../server/storage/open.ts';
import { quiet } from '../../server/sessions/quiet.fixtures.ts';

export type Order = { commandId: string; command: Command };
export type Report = { commandId: string; answer: CommandAnswer };

const [databaseUrl = '', sessionId = ''] = process.argv.slice(2);
const opened = await openStorage({ databaseUrl, dataFolder: '' });
if ('problem' in opened) throw new Error(opened.problem.lines.join(' '));
const session = await openLiveSession(sessionId, {
  db: opened.storage.db,
  ...quiet,
  shared: true,
  now: Date.now,
  onError: (error) => process.stderr.write(`${String(error)}\n`),
});

function report(commandId: string, answer: CommandAnswer): void {
  process.send?.({ commandId, answer } satisfies Report);
}
process.on('message', ({ commandId, command }: Order) => {
  void session.give(actorOf('ruth'), { commandId, command }).then((answer) => report(commandId, answer));
});
process.on('disconnect', () => process.exit(0));
report('ready', { ok: true, seq: session.state().seq });
