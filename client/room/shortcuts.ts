/** What a key does in the room. Families have the first ones, staff all. */
export type Shortcut = 'microphone' | 'camera' | 'list' | 'talk' | 'next' | 'addTwo' | 'pause' | 'letIn';

/** What is known of a pressed key. */
export type Press = {
  key: string;
  /** Ctrl, Alt or Meta is held: the key belongs to the browser. */
  modified: boolean;
  /** The key is held down and repeats. */
  repeated: boolean;
  /** The focus is in a field where letters are typed. */
  typing: boolean;
  /** A button, link or other control has the focus. */
  onControl: boolean;
};

const forAll: Record<string, Shortcut> = { m: 'microphone', v: 'camera', '?': 'list' };
const forStaff: Record<string, Shortcut> = { n: 'next', '+': 'addTwo', t: 'pause', a: 'letIn' };

/** The words of the list under `?`. `staff`: only staff have it. */
export const shortcutList: { keys: string; does: string; staff: boolean }[] = [
  { keys: 'M', does: 'Microphone on or off', staff: false },
  { keys: 'V', does: 'Camera on or off', staff: false },
  { keys: 'Space', does: 'Hold to talk while your microphone is off', staff: false },
  { keys: 'Esc', does: 'Close what is open', staff: false },
  { keys: '?', does: 'Show this list', staff: false },
  { keys: 'N', does: 'Next part of the agenda', staff: true },
  { keys: '+', does: 'Two minutes more', staff: true },
  { keys: 'T', does: 'Pause the timer, or go on', staff: true },
  { keys: 'A', does: 'Let in the first who waits', staff: true },
];

/** The shortcut a key press means here, or null. Never one while typing or with Ctrl, Alt or Meta held. */
export function shortcutOf(press: Press, who: { isStaff: boolean; isLead: boolean }): Shortcut | null {
  if (press.modified || press.typing || press.repeated) return null;
  if (press.key === ' ') return press.onControl ? null : 'talk';
  const key = press.key.toLowerCase();
  const shortcut = forAll[key] ?? (who.isStaff ? forStaff[key] : undefined) ?? null;
  // The agenda is the lead's to move; the server would refuse it to others.
  const leads = shortcut === 'next' || shortcut === 'addTwo' || shortcut === 'pause';
  return leads && !who.isLead ? null : shortcut;
}
