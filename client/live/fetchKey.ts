import type { SessionConnection } from '../session/connection.ts';
import type { Keyring } from './keyring.ts';

/** A box sealed by somebody present is here well within this; after it staff open the room anew, families ask again. */
const WAIT_FOR_BOX_MS = 2_000;
const ASK_AGAIN_MS = 2_000;
const AFTER_REFUSAL_MS = 500;

export type KeyFetchOptions = {
  connection: Pick<SessionConnection, 'askForKey'>;
  keyring: Pick<Keyring, 'open'>;
  /**
   * `none`: nothing is lacking, or nothing can be done. `ask`: others may have the key. `askThenOpen`: staff in the room,
   * who open it anew when nobody answers. `open`: staff at the door of a room without staff.
   */
  situation(): 'none' | 'ask' | 'askThenOpen' | 'open';
};

/** Gets the key that a device lacks after a reload or a change of epoch, and opens the room where it falls to this one. */
export function fetchKey({ connection, keyring, situation }: KeyFetchOptions) {
  let running = false;
  let stopped = false;
  const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

  async function run(): Promise<void> {
    while (!stopped && situation() !== 'none') {
      if (situation() === 'open') {
        // Refused while a colleague's connection has not been lost for long: it is tried again until they are back.
        if ((await keyring.open()) !== null) await pause(ASK_AGAIN_MS);
        continue;
      }
      // Whoever was just let in has a box on the way: asking at once would bring a second one from everybody.
      await pause(AFTER_REFUSAL_MS);
      if (situation() === 'none' || situation() === 'open') continue;
      await connection.askForKey('group');
      await pause(WAIT_FOR_BOX_MS);
      if (situation() === 'askThenOpen') await keyring.open();
      else if (situation() === 'ask') await pause(ASK_AGAIN_MS);
    }
  }

  return {
    /** Looks whether something is lacking now; one look at a time. */
    look(): void {
      if (running || stopped || situation() === 'none') return;
      running = true;
      run()
        .catch(() => {})
        .finally(() => {
          running = false;
        });
    },
    stop(): void {
      stopped = true;
    },
  };
}
