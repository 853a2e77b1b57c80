import { useEffect, useRef } from 'react';

/** One's own picture from the camera check, mirrored as people know themselves. It plays no sound. */
export function SelfPicture({ stream }: { stream: MediaStream }) {
  const ref = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const video = ref.current;
    if (video === null) return;
    video.srcObject = stream;
    return () => {
      video.srcObject = null;
    };
  }, [stream]);
  return <video ref={ref} className="self-picture" autoPlay muted playsInline aria-label="Your camera picture" />;
}
