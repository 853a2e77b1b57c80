import { createContext, useCallback, useContext, useMemo, useState, type ReactNode } from 'react';

export type Urgency = 'polite' | 'assertive';

type Said = { text: string; count: number };
type Announcements = { polite: Said; assertive: Said; announce(text: string, urgency?: Urgency): void };

const silence: Said = { text: '', count: 0 };
const AnnouncerContext = createContext<Announcements>({ polite: silence, assertive: silence, announce: () => {} });

/** Gives the screen inside a voice for screen readers: `useAnnounce()` speaks through it. */
export function Announcer({ children }: { children: ReactNode }) {
  const [polite, setPolite] = useState(silence);
  const [assertive, setAssertive] = useState(silence);
  const announce = useCallback((text: string, urgency: Urgency = 'polite') => {
    const say = urgency === 'assertive' ? setAssertive : setPolite;
    say((before) => ({ text, count: before.count + 1 }));
  }, []);
  const value = useMemo(() => ({ polite, assertive, announce }), [polite, assertive, announce]);
  return (
    <AnnouncerContext value={value}>
      {children}
      <LiveRegions />
    </AnnouncerContext>
  );
}

/** Says a sentence to screen readers, politely unless it is told to be assertive. */
export function useAnnounce(): (text: string, urgency?: Urgency) => void {
  return useContext(AnnouncerContext).announce;
}

/** The regions that are read out. A modal dialog needs its own, because everything outside it is inert. */
export function LiveRegions() {
  const { polite, assertive } = useContext(AnnouncerContext);
  return (
    <>
      <div className="sr" aria-live="polite">
        <Sentence said={polite} />
      </div>
      <div className="sr" aria-live="assertive">
        <Sentence said={assertive} />
      </div>
    </>
  );
}

/** A new element for each sentence, so that the same words twice are read twice. */
function Sentence({ said }: { said: Said }) {
  return said.count === 0 ? null : <p key={said.count}>{said.text}</p>;
}
