/** This tab's hold on one person's seat. `release` lets another tab have it. */
export type TabHold = { release(): void };

/**
 * Takes the seat for this tab; null when another tab of this browser has it and `steal` is false. `onLost` is called when
 * another tab took it over.
 */
export function holdTab(personId: string, steal: boolean, onLost: () => void): Promise<TabHold | null> {
  const { locks } = navigator;
  const name = `kinroom-seat-${personId}`;
  return new Promise((done) => {
    let released = false;
    const held = (lock: Lock | null): Promise<void> | undefined => {
      if (lock === null) {
        done(null);
        return undefined;
      }
      return new Promise((letGo) => {
        done({
          release() {
            released = true;
            letGo();
          },
        });
      });
    };
    const request = steal
      ? locks.request(name, { steal: true }, held)
      : locks.request(name, { ifAvailable: true }, held);
    // A hold that was stolen ends with an AbortError.
    request.catch(() => released || onLost());
  });
}
