/** The lit room behind its arch, four chairs in a circle. When the door opens its light reaches further. */
export function Arch({ open }: { open: boolean }) {
  return (
    <svg className={open ? 'arch open' : 'arch'} viewBox="0 0 420 520" aria-hidden="true">
      <defs>
        <linearGradient id="arch-wall" x1="0" x2="0" y1="0" y2="1">
          <stop offset="0" stopColor="#3a3324" />
          <stop offset=".55" stopColor="#6e5630" />
          <stop offset="1" stopColor="#a87c3c" />
        </linearGradient>
        <radialGradient id="arch-glow" gradientUnits="userSpaceOnUse" cx="210" cy="170" r="270">
          <stop offset="0" stopColor="#ffe0a3" stopOpacity=".95" />
          <stop offset=".28" stopColor="#f5be6c" stopOpacity=".5" />
          <stop offset="1" stopColor="#f5be6c" stopOpacity="0" />
        </radialGradient>
        <linearGradient id="arch-floor" x1="0" x2="0" y1="0" y2="1">
          <stop offset="0" stopColor="#f2bf74" stopOpacity=".34" />
          <stop offset="1" stopColor="#f2bf74" stopOpacity="0" />
        </linearGradient>
        <clipPath id="arch-opening">
          <path d="M60 440V200a150 150 0 0 1 300 0v240Z" />
        </clipPath>
      </defs>
      <path d="M40 440V200a170 170 0 0 1 340 0v240Z" fill="#20292a" />
      <g clipPath="url(#arch-opening)">
        <rect width="420" height="440" fill="url(#arch-wall)" />
        <rect width="420" height="440" fill="url(#arch-glow)" />
        <path d="M210 0v128" stroke="#2a2114" strokeWidth="3" />
        <path d="M168 172l18-46h48l18 46Z" fill="#ffe9bd" />
        <ellipse cx="210" cy="172" rx="42" ry="7" fill="#fff4d8" />
        <ellipse cx="210" cy="392" rx="92" ry="17" fill="#33291a" opacity=".55" />
        <Chair at="translate(0 0)" far={false} />
        <Chair at="translate(182 0)" far={false} />
        <Chair at="translate(72 -18) scale(.9)" far />
        <Chair at="translate(135 -18) scale(.9)" far />
      </g>
      <path className="arch-floor" d="M60 440h300l60 80H0Z" fill="url(#arch-floor)" />
    </svg>
  );
}

function Chair({ at, far }: { at: string; far: boolean }) {
  return (
    <g transform={at} opacity={far ? 0.8 : 1} fill="#33291a" stroke="#33291a">
      <path d="M92 352q0-14 14-14h26q14 0 14 14v34H92Z" strokeWidth="0" />
      <path d="M96 386v34M142 386v34" strokeWidth="6" />
    </g>
  );
}
