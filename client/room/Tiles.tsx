import { useRef, type CSSProperties } from 'react';

import type { PersonId } from '#shared/session/state.ts';

import type { Tile } from '../live/screens.ts';
import { useOverflow } from '../ui/useOverflow.ts';

import { tileLayout } from './tileLayout.ts';
import { TileView } from './TileView.tsx';
import { useTileArea } from './useTileArea.ts';
import './tiles.css';

/**
 * Everybody in their seats. The area decides the grid; seats never change their order and keep their elements, so that
 * no picture is attached anew when a phone is turned.
 */
export function Tiles(props: {
  tiles: Tile[];
  forStaff: boolean;
  hideOwn: boolean;
  onLetIn(personIds: PersonId[]): void;
}) {
  const { tiles, forStaff, hideOwn, onLetIn } = props;
  const stage = useRef<HTMLDivElement>(null);
  const area = useTileArea(stage);
  const over = useOverflow(stage);
  const layout = tileLayout(tiles.length, area);
  const style: CSSProperties & Record<`--${string}`, number | string> = {
    '--halves': layout.columns * 2,
    '--tile-width': `${layout.width}px`,
    '--tile-height': `${layout.height}px`,
    '--double-width': `${layout.doubleWidth}px`,
  };
  return (
    <div
      className={`stage ${layout.shape}`}
      ref={stage}
      {...(over ? { tabIndex: 0 } : {})}
      role="group"
      aria-label="People in their seats"
    >
      <ul className="tiles" style={style}>
        {tiles.map((tile, index) => {
          const place = layout.places[index] ?? { row: 1, start: 1, span: 2 };
          return (
            <li
              key={tile.seat}
              className={place.span > 2 ? 'cell double' : 'cell'}
              style={{ gridRow: place.row, gridColumn: `${place.start} / span ${place.span}` }}
            >
              <TileView tile={tile} forStaff={forStaff} hidden={hideOwn && tile.isYou} onLetIn={onLetIn} />
            </li>
          );
        })}
      </ul>
    </div>
  );
}
