import { useEffect, useRef } from 'react';

/** The test's own picture as it came back from the server. */
export function ReturnedPicture({ attach }: { attach: (element: HTMLVideoElement) => () => void }) {
  const ref = useRef<HTMLVideoElement>(null);
  useEffect(() => (ref.current === null ? undefined : attach(ref.current)), [attach]);
  return (
    <figure className="returned">
      <video ref={ref} autoPlay muted playsInline aria-label="The test picture" />
      <figcaption className="meta muted">
        The test picture, after its way to our server and back. Only you see it.
      </figcaption>
    </figure>
  );
}
