const tones = ['spruce', 'sky', 'heather', 'rose', 'leaf', 'lamp'] as const;

/** First letters of a seat's name: `P` for Priya, `MJ` for Maya & Jonas. */
export function initials(name: string): string {
  const words = name.split(/[^\p{L}\p{N}'’-]+/u).filter(Boolean);
  return words
    .slice(0, 2)
    .map((word) => word[0]?.toUpperCase() ?? '')
    .join('');
}

/** A colour that stays with a name from week to week. */
export function toneOf(name: string): (typeof tones)[number] {
  let sum = 0;
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973;
  return tones[sum % tones.length] ?? 'spruce';
}
