import { useEffect, useEffectEvent, useRef, useState } from 'react';

const bars = 14;
/** Speech is well above this, the hum of a quiet room below. */
const heardAt = 0.3;

/**
 * The microphone's level, read in its own animation frame and drawn without React, which would otherwise draw the page
 * 60 times a second. Says `We can hear you` from the first sound on.
 */
export function LevelMeter({ level }: { level(): number }) {
  const meter = useRef<HTMLMeterElement>(null);
  const row = useRef<HTMLDivElement>(null);
  const [heard, setHeard] = useState(false);
  const read = useEffectEvent(level);

  useEffect(() => {
    let frame = 0;
    let lit = -1;
    const draw = () => {
      const now = Math.min(1, Math.max(0, read()));
      if (now > heardAt) setHeard(true);
      const on = Math.round(now * bars);
      if (on !== lit && meter.current !== null && row.current !== null) {
        lit = on;
        meter.current.value = on;
        [...row.current.children].forEach((bar, index) => bar.classList.toggle('on', index < on));
      }
      frame = requestAnimationFrame(draw);
    };
    frame = requestAnimationFrame(draw);
    return () => cancelAnimationFrame(frame);
  }, []);

  return (
    <>
      <b>{heard ? 'We can hear you' : 'Say a few words'}</b>
      <meter ref={meter} className="sr" min={0} max={bars} value={0} aria-label="Microphone level" />
      <div ref={row} className="meter" aria-hidden="true">
        {Array.from({ length: bars }, (_, index) => (
          <i key={index} />
        ))}
      </div>
    </>
  );
}
