import { useEffect, useRef } from 'react';

/** Shows a track's picture: attached anew only when the track is another one. Sound is played elsewhere. */
export function Picture(props: { attach: (element: HTMLVideoElement) => () => void; mirrored: boolean; name: string }) {
  const { attach, mirrored, name } = props;
  const ref = useRef<HTMLVideoElement>(null);
  useEffect(() => (ref.current === null ? undefined : attach(ref.current)), [attach]);
  return <video ref={ref} className={mirrored ? 'mirrored' : undefined} autoPlay muted playsInline aria-label={name} />;
}
