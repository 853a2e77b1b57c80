import type { StoredEvent } from '#shared/session/events.ts';
import { mediaIdentity } from '#shared/session/roster.ts';
import type { SessionState } from '#shared/session/state.ts';
import type { Livekit } from '../livekit/client.ts';
import type { Db } from '../storage/open.ts';
import { effectDone, pendingEffects, type Effect } from '../storage/sessionLog.ts';

const RETRY_MS = 2_000;

/** What an event asks to be done outside; `before` is the state it fell into. */
export function effectsOf(event: StoredEvent, before: SessionState): Effect[] {
  const { mediaRoom } = before.audiences.group;
  if (event.type === 'sessionEnded') return [{ type: 'closeRoom', mediaRoom }];
  if (event.type !== 'personLeft') return [];
  const person = before.people[event.personId];
  if (person?.status !== 'admitted') return [];
  return [{ type: 'removeParticipant', mediaRoom, identity: mediaIdentity(person.personId, person.device.deviceId) }];
}

/** Whether this LiveKit identity is that of somebody who is in the session's room now. */
export function belongs({ people, phase }: SessionState, identity: string): boolean {
  if (phase === 'ended') return false;
  return Object.values(people).some(
    ({ status, personId, device }) => status === 'admitted' && mediaIdentity(personId, device.deviceId) === identity,
  );
}

export type EffectRunner = { kick(): void; stop(): Promise<void> };

/**
 * Does stored effects and repeats each until it is done, also those that a crash left behind. A person who `isWanted`
 * again by now is not removed: the device came back while the removal waited.
 */
export function runEffects(
  db: Db,
  livekit: Livekit,
  now: () => number,
  onError: (error: unknown) => void,
  isWanted: (sessionId: string, identity: string) => Promise<boolean>,
): EffectRunner {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let again = false;
  let stopped = false;

  async function run(): Promise<void> {
    let failed = false;
    for (const pending of await pendingEffects(db)) {
      try {
        const { effect, sessionId } = pending;
        const keep = effect.type === 'removeParticipant' && (await isWanted(sessionId, effect.identity));
        if (!keep) await perform(livekit, effect);
        await effectDone(db, pending, now());
      } catch (error) {
        failed = true;
        onError(error);
      }
    }
    if (failed && !stopped) timer = setTimeout(kick, RETRY_MS);
  }

  function kick(): void {
    if (stopped) return;
    if (running) {
      again = true;
      return;
    }
    clearTimeout(timer);
    running = run()
      .catch(onError)
      .finally(() => {
        running = undefined;
        if (again) {
          again = false;
          kick();
        }
      });
  }

  return {
    kick,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}

function perform(livekit: Livekit, effect: Effect): Promise<void> {
  if (effect.type === 'closeRoom') return livekit.closeRoom(effect.mediaRoom);
  return livekit.removeParticipant(effect.mediaRoom, effect.identity);
}
