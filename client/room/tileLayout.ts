/** The room that tiles have, in px. `rem`: the text size people chose; a tile must hold a name and a button of it. */
export type Area = { width: number; height: number; gap: number; rem: number };

/** What kind of area it is; it decides how far a picture may be cropped. `portrait`: an upright phone. */
export type Shape = 'wide' | 'square' | 'portrait' | 'landscape';

/** Where a tile stands, in half columns from 1, so that a short row can sit centred. */
export type Place = { row: number; start: number; span: number };

export type TileLayout = {
  shape: Shape;
  columns: number;
  rows: number;
  /** Whole rows that are in view at once; further ones scroll. */
  rowsInView: number;
  /** Size of a tile, in whole px. */
  width: number;
  height: number;
  /** Width of a tile that has two columns to itself. */
  doubleWidth: number;
  places: Place[];
};

type Grid = Pick<TileLayout, 'columns' | 'rowsInView' | 'width' | 'height'>;

/**
 * Proportions (width / height) of each shape. `least`: how far a tile may be cropped at its sides, by the design.
 * `people`: what has to fit into a tile for people to look large. A seat is often two people side by side; on a phone,
 * where room is scarce, faces count first.
 */
const proportions: Record<Shape, { least: number; people: number }> = {
  wide: { least: 1.18, people: 4 / 3 },
  square: { least: 1.18, people: 4 / 3 },
  portrait: { least: 0.8, people: 1 },
  landscape: { least: 1, people: 1 },
};
const mostRatio = 1.78;
/** No tile is smaller than this, in rem; where all cannot be that large at once, they scroll. */
const leastWidth = 5;
const leastHeight = 6;
/** From which share of the largest size people look about as large. */
const aboutAsGood = 0.95;
/** How much smaller people may be for three of them to sit in one row. */
const threeInARow = 0.75;
/** More people than this scroll on an upright phone, so that nobody is a stamp; four rows are in view then. */
const mostOnPhone = 10;
/** How much of the next row shows that there are more people below. */
const peek = 0.25;
/** Where more scroll, their bar takes its px from the tiles' width whether or not the device draws one. */
const scrollBar = 12;

/** Which shape an area of this width and height (px) has. Phones on their side are at most 430 px high, with bars. */
export function shapeOf(width: number, height: number): Shape {
  const ratio = width / Math.max(1, height);
  if (height < 385 && ratio > 1.3) return 'landscape';
  if (width < 480) return 'portrait';
  return ratio < 1.4 ? 'square' : 'wide';
}

/**
 * The grid in which everybody is as large as the area allows, and each tile's place. Short rows come first (staff sit
 * there) and are centred; on an upright phone an odd last tile has both columns.
 */
export function tileLayout(count: number, area: Area): TileLayout {
  const shape = shapeOf(area.width, area.height);
  const { columns, rowsInView, width, height } = allInView(count, area, shape) ?? scrolling(count, area, shape);
  const rows = Math.max(1, Math.ceil(count / columns));
  const stacked = shape === 'portrait';
  return {
    shape,
    columns,
    rows,
    rowsInView,
    width,
    height,
    doubleWidth: Math.max(width, Math.min(2 * width + area.gap, Math.floor(height * mostRatio))),
    places: stacked ? lastDouble(count, columns) : shortRowFirst(count, columns, rows),
  };
}

/** The grid that shows all at once and each as large as can be; undefined where that would make tiles too small. */
function allInView(count: number, area: Area, shape: Shape): Grid | undefined {
  if (shape === 'portrait' && count > mostOnPhone) return undefined;
  const grids = columnChoices(count, shape).map((columns) => {
    const rows = Math.ceil(count / columns);
    return { columns, rowsInView: rows, ...tileSize(area, shape, columns, rows) };
  });
  const fit = grids.filter((grid) => isLargeEnough(grid, area));
  const best = largest(fit, shape);
  // Three side by side are a group: one above two only where that makes them much larger.
  const row = fit.find(({ columns }) => count === 3 && columns === 3);
  return best && row && people(row, shape) >= people(best, shape) * threeInARow ? row : best;
}

/** The grid that has most people in view at once, for more than fit; the rest scroll. */
function scrolling(count: number, area: Area, shape: Shape): Grid {
  const inside = { ...area, width: Math.max(1, area.width - scrollBar) };
  const grids = columnChoices(count, shape).flatMap((columns) =>
    [1, 2, 3, 4].map((rowsInView) => ({
      columns,
      rowsInView,
      ...tileSize(inside, shape, columns, rowsInView + peek),
    })),
  );
  const fit = grids.filter((grid) => isLargeEnough(grid, area));
  const most = Math.max(...fit.map(({ columns, rowsInView }) => columns * rowsInView));
  const best = largest(
    fit.filter(({ columns, rowsInView }) => columns * rowsInView === most),
    shape,
  );
  if (best !== undefined) return best;
  // Not even one row is high enough, as with very large text: a row at a time passes by.
  const height = Math.ceil(leastHeight * area.rem);
  const wideEnough = Math.floor((inside.width + area.gap) / (height * proportions[shape].least + area.gap));
  const columns = Math.max(1, Math.min(wideEnough, columnChoices(count, shape).length));
  return { columns, rowsInView: 1, ...tileSize({ ...inside, height }, shape, columns, 1), height };
}

/** How many columns may be tried: any number, but on an upright phone two at most, so that names can be read. */
function columnChoices(count: number, shape: Shape): number[] {
  const most = Math.max(1, shape === 'portrait' ? Math.min(2, count) : count);
  return Array.from({ length: most }, (_, index) => index + 1);
}

/** The largest tile, in whole px, of so many columns and rows, with a ratio that the shape allows. */
function tileSize(area: Area, shape: Shape, columns: number, rows: number): { width: number; height: number } {
  const column = (area.width - (columns - 1) * area.gap) / columns;
  const row = (area.height - (Math.ceil(rows) - 1) * area.gap) / rows;
  const width = Math.min(column, row * mostRatio);
  return { width: Math.floor(width), height: Math.floor(Math.min(row, width / proportions[shape].least)) };
}

function isLargeEnough({ width, height }: Grid, { rem }: Area): boolean {
  return width >= leastWidth * rem && height >= leastHeight * rem;
}

/** How large people look in a tile: the height, in px, of the largest picture of them that fits. */
function people({ width, height }: Grid, shape: Shape): number {
  return Math.min(height, width / proportions[shape].people);
}

/** The grid with the largest people; of grids that are about as good, the one that shows more around them. */
function largest(grids: Grid[], shape: Shape): Grid | undefined {
  const enough = aboutAsGood * Math.max(...grids.map((grid) => people(grid, shape)));
  const good = grids.filter((grid) => people(grid, shape) >= enough);
  return good.toSorted((a, b) => b.width * b.height - a.width * a.height)[0];
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

function lastDouble(count: number, columns: number): Place[] {
  return Array.from({ length: count }, (_, index) => {
    const alone = columns === 2 && index === count - 1 && count % 2 === 1;
    return { row: 1 + Math.floor(index / columns), start: 1 + (index % columns) * 2, span: alone ? 4 : 2 };
  });
}
