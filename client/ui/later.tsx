import { lazy, useState, type ComponentType } from 'react';

const AFTER_A_MOMENT_MS = 1_000;

/** A part of the page that is loaded when it is first needed, or before; once it is there, it is drawn without waiting. */
export function later<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  let loaded: ComponentType<Props> | null = null;
  const start = async (): Promise<ComponentType<Props>> => (loaded ??= await load());
  const Loading = lazy(async () => ({ default: await start() }));
  function Part(props: Props) {
    // React.lazy suspends once even where all is there, and what was suspended is shown 300 ms later at the earliest.
    const [Chosen] = useState<ComponentType<Props>>(() => loaded ?? Loading);
    return <Chosen {...props} />;
  }
  return { Part, start };
}

/** Calls back once the page has nothing else to do, a second from now at the latest. Returns how to call that off. */
export function whenIdle(work: () => void): () => void {
  // Safari knows no idle moments.
  if (!('requestIdleCallback' in window)) {
    const timer = setTimeout(work, AFTER_A_MOMENT_MS);
    return () => clearTimeout(timer);
  }
  const idle = requestIdleCallback(work, { timeout: AFTER_A_MOMENT_MS });
  return () => cancelIdleCallback(idle);
}
