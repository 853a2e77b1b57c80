import { refusals } from '#shared/session/commands.ts';
import type { AdmitProblem, Doubt } from './keyring.ts';

const SHOWN_MS = 12_000;

export const noLink = 'Open the link you were sent: it brings you to your own seat.';

/** The browser refused storage or locks, without which there are no keys. */
export const cannotKeep =
  'This browser would not keep what Kinroom needs here. Allow storage for this page, or leave private browsing, then reload.';

/** What to tell somebody whose device found something that does not add up. */
export function sayDoubt(doubt: Doubt): string {
  const compare = 'Open “Encrypted · not recorded” and compare the four words with the group.';
  return doubt === 'refused'
    ? `A key came that this device could not check, so it was not used. ${compare}`
    : `The room was opened by another device than last time. ${compare}`;
}

/** What to tell staff who could not let somebody in. */
export function sayAdmitProblem(problem: AdmitProblem): string {
  if (problem === 'badCard') {
    return 'That device could not prove whose it is, so nobody was let in. Ask them to reload their page.';
  }
  if (problem === 'noKey') return 'This device does not hold the key of the room yet. Try again in a moment.';
  return refusals[problem];
}

/** One sentence at a time for the banner; it goes by itself after a while. */
export function noticeBoard(onChange: () => void) {
  let text: string | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  function say(next: string | null): void {
    clearTimeout(timer);
    if (next !== null) timer = setTimeout(() => say(null), SHOWN_MS);
    if (next === text) return;
    text = next;
    onChange();
  }
  return { text: () => text, say };
}

export type NoticeBoard = ReturnType<typeof noticeBoard>;
