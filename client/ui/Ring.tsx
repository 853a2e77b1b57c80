import type { CSSProperties, ReactNode } from 'react';

/** How big a ring is drawn, in rem, and its line in px at that size. */
export type RingSize = { rem: number; line: number; digits: number };

/**
 * A lamp that burns down: `left` is the part that is left, 0 to 1. It moves when its owner draws it again (once a
 * second) and never blinks. It has the role of a timer and is not read out by itself.
 */
export function Ring(props: { left: number; label: string; size: RingSize; over?: boolean; children: ReactNode }) {
  const { left, label, size, over = false, children } = props;
  const line = (size.line / (size.rem * 16)) * 100;
  const radius = 50 - line / 2;
  const part = Math.min(1, Math.max(0, left)) * 100;
  const style: CSSProperties & Record<`--${string}`, string> = {
    '--ring': `${size.rem}rem`,
    '--ring-w': String(line),
    '--ring-n': `${size.digits}rem`,
  };
  return (
    <div className={over ? 'ring over' : 'ring'} style={style} role="timer" aria-live="off" aria-label={label}>
      <svg viewBox="0 0 100 100" aria-hidden="true">
        <circle cx="50" cy="50" r={radius} />
        {part > 0.4 && <circle cx="50" cy="50" r={radius} pathLength="100" strokeDasharray={`${part} 100`} />}
      </svg>
      <div aria-hidden="true">{children}</div>
    </div>
  );
}
