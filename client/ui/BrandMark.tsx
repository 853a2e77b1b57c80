/** The arch with somebody in its light, beside the name or where the name is known. */
export function BrandMark() {
  return (
    <svg className="brand-mark" viewBox="0 0 32 32" aria-hidden="true">
      <path d="M4 29V15a12 12 0 0 1 24 0v14Z" fill="var(--primary)" />
      <path d="M10 29V17a6 6 0 0 1 12 0v12Z" fill="var(--lamp)" />
      <circle cx="16" cy="19.5" r="2.6" fill="var(--bg)" />
      <path d="M11.5 29c0-3.2 1.8-5 4.5-5s4.5 1.8 4.5 5Z" fill="var(--bg)" />
    </svg>
  );
}

export function Brand() {
  return (
    <span className="brand">
      <BrandMark />
      Kinroom
    </span>
  );
}
