import type { SegmentKind } from '#shared/programme/programme.ts';

import { Icon } from '../ui/Icon.tsx';

import { kindLooks } from './kinds.ts';

/** The picture of a segment's kind on its hue. */
export function KindIcon({ kind }: { kind: SegmentKind }) {
  const { icon, hue } = kindLooks[kind];
  return (
    <span className={`kind ${hue}`}>
      <Icon name={icon} />
    </span>
  );
}
