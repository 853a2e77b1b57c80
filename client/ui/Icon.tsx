import type { JSX } from 'react';

/** Every picture in buttons and lists, on a grid of 24 by 24, drawn with the text's colour. */
const shapes = {
  book: (
    <path d="M12 6.500C10 5 7.5 4.5 4 4.700V18c3.5-.2 6 .3 8 1.8 2-1.5 4.5-2 8-1.800V4.700c-3.5-.2-6 .3-8 1.800ZM12 6.500v13.3" />
  ),
  cam: (
    <>
      <rect x="3" y="6.5" width="12.5" height="11" rx="2.5" />
      <path d="M15.5 10.8 21 7.8v8.4l-5.5-3" />
    </>
  ),
  camOff: (
    <path d="M10.5 6.5H13a2.5 2.5 0 0 1 2.5 2.5v1.8L21 7.8v8.4l-2.6-1.4M15.2 16.2a2.5 2.5 0 0 1-2.2 1.3H5.5A2.5 2.5 0 0 1 3 15V9c0-1.2.8-2.1 1.9-2.4M4 4l16 16" />
  ),
  check: <path d="m5 12.5 4.5 4.500L19 7.5" />,
  chevD: <path d="m5.5 9 6.5 6.500L18.5 9" />,
  circlePeople: (
    <>
      <circle cx="12" cy="6" r="2.3" />
      <circle cx="5.5" cy="15.5" r="2.3" />
      <circle cx="18.5" cy="15.5" r="2.3" />
      <path d="M9.8 7.600C8 8.7 6.6 10.6 6.2 12.600M14.2 7.600c1.8 1.1 3.2 3 3.6 5M8.3 17.800c2.3 1 5.1 1 7.4 0" />
    </>
  ),
  clock: (
    <>
      <circle cx="12" cy="12" r="8.5" />
      <path d="M12 7.500V12l3 2" />
    </>
  ),
  copy: (
    <>
      <rect x="8.5" y="8.5" width="11" height="11" rx="2.5" />
      <path d="M15.5 8.500V7A2.5 2.5 0 0 0 13 4.500H7A2.5 2.5 0 0 0 4.5 7v6A2.5 2.5 0 0 0 7 15.500h1.5" />
    </>
  ),
  cup: (
    <path d="M5 9h12v5.500a4.5 4.5 0 0 1-4.5 4.500h-3A4.5 4.5 0 0 1 5 14.500ZM17 10.500h1.500a2.5 2.5 0 0 1 0 5H17M8.5 3.500v2.300M12.5 3.500v2.3" />
  ),
  device: (
    <>
      <rect x="4.5" y="5" width="15" height="10.5" rx="2" />
      <path d="M2.5 19h19" />
    </>
  ),
  door: <path d="M6 20.500V8.500a6 6 0 0 1 12 0v12M4 20.500h16M14.5 13.500v1" />,
  eyeOff: (
    <path d="M10 6.200A9 9 0 0 1 12 6c5 0 8.5 4 9.5 6-.4.8-1.2 2-2.4 3.100M6.3 7.700C4.3 9 3 10.9 2.5 12c1 2 4.5 6 9.5 6 1.6 0 3-.4 4.2-1M9.9 9.900a3 3 0 0 0 4.2 4.200M4 4l16 16" />
  ),
  film: (
    <>
      <rect x="3.5" y="5" width="17" height="14" rx="2.5" />
      <path d="m10.5 9.2 4.6 2.8-4.6 2.800Z" />
    </>
  ),
  heart: <path d="M12 20s-7.5-4.6-7.5-10A4.2 4.2 0 0 1 12 7.6 4.2 4.2 0 0 1 19.5 10c0 5.4-7.5 10-7.5 10Z" />,
  home: <path d="M4 11.5 12 4.500l8 7M6 10v9.500h12V10M10 19.500v-5h4v5" />,
  info: (
    <>
      <circle cx="12" cy="12" r="8.5" />
      <path d="M12 11v5M12 8h.01" />
    </>
  ),
  leave: <path d="M14 4H7a2 2 0 0 0-2 2v12a2 2 0 0 0 2 2h7M17 8.500l3.5 3.5-3.5 3.500M20.5 12H10" />,
  link: (
    <path d="M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.300L12 6.300M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.700l1-1" />
  ),
  lock: (
    <>
      <rect x="5" y="10.5" width="14" height="9.5" rx="2.5" />
      <path d="M8 10.500V8a4 4 0 0 1 8 0v2.5" />
    </>
  ),
  mic: (
    <>
      <rect x="9" y="3" width="6" height="11" rx="3" />
      <path d="M5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3" />
    </>
  ),
  micOff: (
    <path d="M9 9v2a3 3 0 0 0 4.8 2.4M15 11V6a3 3 0 0 0-5.7-1.3M5.5 11.5a6.5 6.5 0 0 0 10.6 5M18.3 13a6.4 6.4 0 0 0 .2-1.5M12 18v3M4 4l16 16" />
  ),
  moon: <path d="M19.5 14.500A8 8 0 0 1 9.5 4.500a8 8 0 1 0 10 10Z" />,
  more: (
    <>
      <circle cx="5.5" cy="12" r="1.3" fill="currentColor" />
      <circle cx="12" cy="12" r="1.3" fill="currentColor" />
      <circle cx="18.5" cy="12" r="1.3" fill="currentColor" />
    </>
  ),
  pair: (
    <>
      <circle cx="8" cy="8.5" r="3" />
      <circle cx="16.5" cy="9.5" r="2.5" />
      <path d="M2.8 19c.3-3.5 2.3-5.5 5.2-5.500s4.9 2 5.2 5.500M15 14.300c3.5-.7 6 1.2 6.2 4.7" />
    </>
  ),
  pause: <path d="M8.5 5.500v13M15.5 5.500v13" strokeWidth="2.6" />,
  phone: (
    <path d="M6.5 3.500h3l1.5 4.5-2 1.500a12 12 0 0 0 5.5 5.500l1.5-2 4.5 1.500v3a2.5 2.5 0 0 1-2.8 2.500C10.5 19.3 4.7 13.5 4 6.300A2.5 2.5 0 0 1 6.5 3.500Z" />
  ),
  play: <path d="M8 5.500v13l10.5-6.500Z" />,
  rooms: (
    <>
      <rect x="3.5" y="4" width="7.5" height="7.5" rx="2" />
      <rect x="13" y="4" width="7.5" height="7.5" rx="2" />
      <rect x="8.250" y="13" width="7.5" height="7.5" rx="2" />
    </>
  ),
  settings: (
    <>
      <path d="M4 7.500h9M17 7.500h3M4 16.500h3M11 16.500h9" />
      <circle cx="15" cy="7.5" r="2" />
      <circle cx="9" cy="16.5" r="2" />
    </>
  ),
  shield: (
    <>
      <path d="M12 3.5 19 6v5.500c0 4.3-2.9 7.4-7 9-4.1-1.6-7-4.7-7-9V6Z" />
      <path d="m9 12 2.2 2.200L15.2 10" />
    </>
  ),
  speaker: <path d="M4 9.500v5h3.500L12.5 19V5L7.5 9.500ZM16 9a4.5 4.5 0 0 1 0 6M18.5 6.500a8 8 0 0 1 0 11" />,
  tabs: (
    <>
      <rect x="3.5" y="7.5" width="13" height="12" rx="2" />
      <path d="M7.5 7.500v-1a2 2 0 0 1 2-2h9a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-2" />
    </>
  ),
  wifi: <path d="M3.5 9.500a12.5 12.5 0 0 1 17 0M6.5 13a8 8 0 0 1 11 0M9.5 16.300a3.7 3.7 0 0 1 5 0M12 19.500h.01" />,
  x: <path d="M6 6l12 12M18 6 6 18" />,
  chat: (
    <path d="M4 6.500A2.5 2.5 0 0 1 6.5 4h11A2.5 2.5 0 0 1 20 6.500v7a2.5 2.5 0 0 1-2.5 2.500H10l-5 4v-4.300A2.5 2.5 0 0 1 4 13.500Z" />
  ),
  hand: (
    <path d="M7.5 11.5V6a1.5 1.5 0 0 1 3 0v5M10.5 10.500V4.500a1.5 1.5 0 0 1 3 0V11M13.5 11V5.800a1.5 1.5 0 0 1 3 0V13M16.5 11.500V9.300a1.5 1.5 0 0 1 3 0V15a6.5 6.5 0 0 1-6.5 6.500c-3 0-4.6-1.2-6-3.500L4.3 14.200a1.5 1.5 0 0 1 2.5-1.700l1.2 1.6" />
  ),
  star: <path d="m12 4 2.3 5 5.4.6-4 3.7 1.1 5.400L12 16l-4.8 2.7 1.1-5.4-4-3.7 5.4-.6Z" />,
  alert: <path d="M12 4.500 21 19.500H3ZM12 10v4.500M12 17h.01" />,
  keyboard: (
    <>
      <rect x="3" y="6" width="18" height="12" rx="2.500" />
      <path d="M7 10h.01M10.300 10h.01M13.700 10h.01M17 10h.01M8 14h8" />
    </>
  ),
  back: <path d="M14.500 6 8.500 12l6 6" />,
} satisfies Record<string, JSX.Element>;

export type IconName = keyof typeof shapes;

/** A picture beside words, so it is hidden from screen readers. */
export function Icon({ name, size }: { name: IconName; size?: 's' | 'l' }) {
  return (
    <svg className={size === undefined ? 'i' : `i ${size}`} viewBox="0 0 24 24" aria-hidden="true">
      {shapes[name]}
    </svg>
  );
}
