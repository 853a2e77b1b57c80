import { useLayoutEffect, useRef, useState, type CSSProperties } from 'react';

import type { PersonId } from '#shared/session/state.ts';

import type { Tile } from '../live/screens.ts';
import { useOverflow } from '../ui/useOverflow.ts';

import { shapeOf, tileLayout, type Shape } from './tileLayout.ts';
import { TileView } from './TileView.tsx';
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
  const area = useRef<HTMLDivElement>(null);
  const [shape, setShape] = useState<Shape>('wide');

  useLayoutEffect(() => {
    const element = area.current;
    if (element === null) return;
    const measure = () => setShape(shapeOf(element.clientWidth, element.clientHeight));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const over = useOverflow(area);
  const layout = tileLayout(tiles.length, shape);
  const style: CSSProperties & Record<`--${string}`, number> = {
    '--columns': layout.columns,
    '--halves': layout.columns * 2,
    '--rows': layout.rowsInView,
  };
  return (
    <div
      className={`stage ${shape}`}
      ref={area}
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
