import type { SegmentTemplate } from './programme.ts';

// What comes back week after week, under the same key and title, so that a week's plan holds only what is its own.

/** Everybody arrives; longer in the first week, when the agreement is read together. */
export function welcome(prompt: string, minutes = 5): SegmentTemplate {
  return { key: 'welcome', title: 'Arrive and settle', prompt, kind: 'welcome', minutes, where: 'main' };
}

/** How the play times at home went, each family in turn. */
export function playStories(minutes: number, prompt: string): SegmentTemplate {
  return { key: 'check-in', title: 'Home play stories', prompt, kind: 'check-in', minutes, where: 'main' };
}

/** The first of an evening's two clips. */
export function firstClip(minutes: number, prompt: string): SegmentTemplate {
  return { key: 'clip-1', title: 'Clips from home, first family', prompt, kind: 'clip-review', minutes, where: 'main' };
}

/** The second of an evening's two clips. */
export function secondClip(minutes: number, prompt: string): SegmentTemplate {
  return {
    key: 'clip-2',
    title: 'Clips from home, second family',
    prompt,
    kind: 'clip-review',
    minutes,
    where: 'main',
  };
}

/** Ten minutes, half way. */
export function breakTime(prompt: string): SegmentTemplate {
  return { key: 'break', title: 'Break', prompt, kind: 'break', minutes: 10, where: 'main' };
}

/** What to take into the play time of the coming week. */
export function nextPlayTime(prompt: string): SegmentTemplate {
  return { key: 'this-week', title: 'This week’s play time', prompt, kind: 'homework', minutes: 10, where: 'main' };
}

/** A last word from every family. */
export function closingRound(prompt: string): SegmentTemplate {
  return { key: 'close', title: 'Closing round', prompt, kind: 'close', minutes: 5, where: 'main' };
}
