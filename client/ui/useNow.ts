import { useEffect, useEffectEvent, useState } from 'react';

/** Server time in ms, drawn anew on each full second: every ring on every screen moves at the same moment. */
export function useNow(now: () => number): number {
  const [time, setTime] = useState(now);
  const read = useEffectEvent(now);
  useEffect(() => {
    let timer: number | undefined;
    const tick = () => {
      const at = read();
      setTime(at);
      timer = window.setTimeout(tick, 1000 - (((at % 1000) + 1000) % 1000) + 5);
    };
    tick();
    return () => window.clearTimeout(timer);
  }, []);
  return time;
}
