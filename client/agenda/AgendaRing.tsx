import { Icon } from '../ui/Icon.tsx';
import { Ring, type RingSize } from '../ui/Ring.tsx';

import { ringLabel, type Running } from './agendaNow.ts';
import { kindLooks } from './kinds.ts';

export const bigRing: RingSize = { rem: 5.25, line: 6, digits: 1.6 };
export const consoleRing: RingSize = { rem: 4.75, line: 6, digits: 1.35 };
export const stripRing: RingSize = { rem: 2.75, line: 5, digits: 1.05 };

/** The lamp of the segment that runs. `words` puts `min left` below the number, where there is room. */
export function AgendaRing(props: { running: Running; forStaff: boolean; size: RingSize; words: boolean }) {
  const { running, forStaff, size, words } = props;
  const { over, minutesLeft, minutesOver, segment } = running;
  const late = over && forStaff;
  return (
    <Ring left={late ? 1 : running.left} over={late} label={ringLabel(running, forStaff)} size={size}>
      {over && !forStaff ? (
        <Icon name={kindLooks[segment.kind].icon} />
      ) : (
        <>
          <b>{late ? `+${minutesOver}` : minutesLeft}</b>
          {words && <small>{late ? 'over' : running.paused ? 'paused' : 'min left'}</small>}
        </>
      )}
    </Ring>
  );
}
