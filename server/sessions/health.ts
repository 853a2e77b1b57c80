const LOOK_AGAIN_MS = 1_000;

/** Knows whether changes can be stored: from a failure on it asks the database once a second until it answers. */
export function storageHealth(ping: () => Promise<void>, onChange: (storing: boolean) => void) {
  let storing = true;
  let timer: NodeJS.Timeout | undefined;

  function look(): void {
    timer = setTimeout(() => {
      ping().then(mended, look);
    }, LOOK_AGAIN_MS);
    timer.unref();
  }

  function mended(): void {
    storing = true;
    onChange(true);
  }

  return {
    storing: () => storing,
    /** Something could not be read or stored. */
    failed(): void {
      if (!storing) return;
      storing = false;
      onChange(false);
      look();
    },
    stop: () => clearTimeout(timer),
  };
}
