import type { GroupKey } from './keyring.ts';

/** Works out the four words for the key that is held, once for each roster, and only after they were asked for. */
export function wordsReader(onChange: () => void) {
  let asked = false;
  let of: GroupKey['roster'] | null = null;
  let words: string[] | null = null;

  async function work(key: GroupKey): Promise<void> {
    of = key.roster;
    words = null;
    const { fourWords } = await import('../keys/words.ts');
    const found = await fourWords(key.secret, key.roster);
    // Somebody was let in meanwhile: the words of the newer roster are on their way.
    if (of !== key.roster) return;
    words = found;
    onChange();
  }

  function read(key: GroupKey | null): void {
    asked = true;
    if (key !== null && key.roster !== of) void work(key);
  }

  return {
    read,
    /** The words of this key; null while they are worked out or were not asked for. */
    of(key: GroupKey | null): string[] | null {
      if (asked) read(key);
      return key !== null && key.roster === of ? words : null;
    },
  };
}
