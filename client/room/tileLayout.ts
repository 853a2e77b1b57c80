/** The four shapes of the area that tiles have, as in the design's table. */
export type Shape = 'wide' | 'square' | 'portrait' | 'landscape';

/** Where a tile stands, in half columns from 1, so that a short row can sit centred. */
export type Place = { row: number; start: number; span: number };

export type TileLayout = {
  columns: number;
  /** Rows that fit the area at once; more than these scroll. */
  rowsInView: number;
  rows: number;
  places: Place[];
};

/** Which shape an area of this width and height (px) has. */
export function shapeOf(width: number, height: number): Shape {
  const ratio = width / Math.max(1, height);
  if (height < 420 && ratio > 1.3) return 'landscape';
  if (ratio < 0.95 || width < 480) return 'portrait';
  return ratio < 1.4 ? 'square' : 'wide';
}

/**
 * The grid for a number of tiles: how many columns and rows, and each tile's place. Short rows come first (staff sit
 * there) and are centred; on an upright phone an odd last tile takes both columns. From 13 tiles on (a taster) the
 * columns stop growing and the grid scrolls.
 */
export function tileLayout(count: number, shape: Shape): TileLayout {
  const columns = Math.max(1, columnsOf(count, shape));
  const rows = Math.max(1, Math.ceil(count / columns));
  const places = shape === 'portrait' ? stacked(count, columns) : shortRowFirst(count, columns, rows);
  return { columns, rows, rowsInView: Math.min(rows, mostRows(count, shape)), places };
}

function columnsOf(count: number, shape: Shape): number {
  switch (shape) {
    case 'wide':
      return pick(count, [1, 2, 3, 2, 3, 3, 3, 3, 3], count <= 12 ? 4 : 5);
    case 'square':
      return pick(count, [1, 1, 2, 2, 2, 2, 3, 3, 3], count <= 12 ? 3 : 4);
    case 'portrait':
      return pick(count, [1, 1, 1], 2);
    case 'landscape':
      return pick(count, [1, 2, 3, 4, 3, 3, 4, 4, 5, 5], 6);
  }
}

function pick(count: number, small: number[], large: number): number {
  return small[count - 1] ?? large;
}

function mostRows(count: number, shape: Shape): number {
  if (shape === 'portrait') return count > 10 ? 4 : 5;
  return shape === 'landscape' ? 2 : 4;
}

function shortRowFirst(count: number, columns: number, rows: number): Place[] {
  const first = count - columns * (rows - 1);
  const indent = columns - first;
  return Array.from({ length: count }, (_, index) => {
    if (index < first) return { row: 1, start: 1 + indent + index * 2, span: 2 };
    const rest = index - first;
    return { row: 2 + Math.floor(rest / columns), start: 1 + (rest % columns) * 2, span: 2 };
  });
}

function stacked(count: number, columns: number): Place[] {
  return Array.from({ length: count }, (_, index) => {
    const alone = columns === 2 && index === count - 1 && count % 2 === 1;
    return {
      row: 1 + Math.floor(index / columns),
      start: 1 + (index % columns) * 2,
      span: alone ? 4 : 2,
    };
  });
}
