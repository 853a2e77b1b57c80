import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { shapeOf, tileLayout, type Area, type Shape } from './tileLayout.ts';

type Box = { left: number; top: number; right: number; bottom: number };

/** What windows leave for tiles, as measured in the room: family, or staff with its columns. Px. */
const areas = {
  '1440 × 900': { width: 1144, height: 756, gap: 10, rem: 16 },
  '1920 × 1080': { width: 1610, height: 936, gap: 10, rem: 16 },
  '1366 × 768': { width: 1084, height: 624, gap: 10, rem: 16 },
  '1280 × 720': { width: 1002, height: 576, gap: 10, rem: 16 },
  '1024 × 600': { width: 746, height: 456, gap: 10, rem: 16 },
  '1440 × 900 for staff': { width: 796, height: 756, gap: 10, rem: 16 },
  '1024 × 600 for staff': { width: 704, height: 390, gap: 10, rem: 16 },
  'half a screen': { width: 624, height: 711, gap: 6, rem: 16 },
  'an upright tablet': { width: 752, height: 835, gap: 6, rem: 16 },
  'an upright phone': { width: 374, height: 655, gap: 6, rem: 16 },
  'a small upright phone': { width: 344, height: 427, gap: 6, rem: 16 },
  'a phone on its side': { width: 748, height: 340, gap: 6, rem: 16 },
  'a small phone on its side': { width: 644, height: 310, gap: 6, rem: 16 },
} satisfies Record<string, Area>;

/** The rows of a layout by how many tiles each has, for example `2+3+3`. */
function rowsOf(count: number, area: Area): string {
  const rows: number[] = [];
  for (const place of tileLayout(count, area).places) rows[place.row - 1] = (rows[place.row - 1] ?? 0) + 1;
  return rows.join('+');
}

/** Where each tile is drawn, from the top left of the first row, as the grid of tiles.css draws it. */
function boxesOf(count: number, area: Area): Box[] {
  const { width, height, doubleWidth, places } = tileLayout(count, area);
  return places.map(({ row, start, span }) => {
    const left = ((start - 1) * (width + area.gap)) / 2;
    const top = (row - 1) * (height + area.gap);
    const own = span > 2 ? doubleWidth : width;
    const indent = span > 2 ? (2 * width + area.gap - doubleWidth) / 2 : 0;
    return { left: left + indent, top, right: left + indent + own, bottom: top + height };
  });
}

/** How large people are in the best of all grids that show everybody; 0 where each is too small to be shown. */
function bestPeople(count: number, area: Area, shape: Shape): number {
  const upright = shape === 'portrait';
  const least = { portrait: 0.8, landscape: 1, square: 1.18, wide: 1.18 }[shape];
  const wish = shape === 'portrait' || shape === 'landscape' ? 1 : 4 / 3;
  let best = 0;
  for (let columns = 1; columns <= (upright ? Math.min(2, count) : count); columns += 1) {
    const rows = Math.ceil(count / columns);
    const row = (area.height - (rows - 1) * area.gap) / rows;
    const width = Math.min((area.width - (columns - 1) * area.gap) / columns, row * 1.78);
    const height = Math.min(row, width / least);
    if (width >= 5 * area.rem && height >= 6 * area.rem) best = Math.max(best, Math.min(height, width / wish));
  }
  return best;
}

describe('the table of tile layouts', () => {
  const table: [keyof typeof areas, string][] = [
    ['1440 × 900', '1 2 3 2+2 2+3 3+3 1+3+3 2+3+3 3+3+3 2+4+4 3+4+4 4+4+4'],
    ['1440 × 900 for staff', '1 1+1 1+2 2+2 1+2+2 2+2+2 1+3+3 2+3+3 3+3+3 1+3+3+3 2+3+3+3 3+3+3+3'],
    ['an upright phone', '1 1+1 1+1+1 2+2 2+2+1 2+2+2 2+2+2+1 2+2+2+2 2+2+2+2+1 2+2+2+2+2 2+2+2+2+2+1 2+2+2+2+2+2'],
    ['a phone on its side', '1 2 3 4 2+3 3+3 3+4 4+4 4+5 5+5 5+6 6+6'],
  ];
  test.each(table)('%s: one to twelve tiles', (name, rows) => {
    expect(Array.from({ length: 12 }, (_, index) => rowsOf(index + 1, areas[name])).join(' ')).toBe(rows);
  });

  test.each(['1920 × 1080', '1366 × 768', '1280 × 720', '1024 × 600', '1024 × 600 for staff'] as const)(
    '%s: the staff of a full group sit above the families',
    (name) => {
      expect(rowsOf(8, areas[name])).toBe('2+3+3');
    },
  );

  test('upright tablets and half screens have pictures as wide as on a laptop', () => {
    expect(rowsOf(8, areas['an upright tablet'])).toBe('2+2+2+2');
    expect(rowsOf(8, areas['half a screen'])).toBe('2+2+2+2');
    expect(rowsOf(12, areas['half a screen'])).toBe('3+3+3+3');
  });
});

describe('one to fifteen tiles', () => {
  test.each(Object.entries(areas))('%s: all are in view at once, unless phones are upright', (name, area) => {
    const scrolling = Array.from({ length: 15 }, (_, index) => tileLayout(index + 1, area))
      .filter(({ rows, rowsInView }) => rows > rowsInView)
      .map(({ places }) => places.length);
    const expected = { 'an upright phone': [11, 12, 13, 14, 15], 'a small upright phone': [9, 10, 11, 12, 13, 14, 15] };
    expect(scrolling).toEqual(expected[name as keyof typeof expected] ?? []);
  });

  test('an upright phone shows eight of twelve, and that there are more', () => {
    const area = areas['an upright phone'];
    const { rowsInView, height } = tileLayout(12, area);
    expect(rowsInView).toBe(4);
    expect(area.height - 4 * (height + area.gap)).toBeGreaterThan(height / 5);
  });

  test('a short row sits in the middle: two above three', () => {
    const { places } = tileLayout(5, areas['1440 × 900']);
    expect(places.slice(0, 2)).toEqual([
      { row: 1, start: 2, span: 2 },
      { row: 1, start: 4, span: 2 },
    ]);
    expect(places[2]).toEqual({ row: 2, start: 1, span: 2 });
  });

  test('on an upright phone an odd last tile has both columns, and is not cropped to a strip', () => {
    const five = tileLayout(5, areas['an upright phone']);
    expect(five.places.at(-1)).toEqual({ row: 3, start: 1, span: 4 });
    expect(five.doubleWidth).toBe(374);
    const nine = tileLayout(9, areas['an upright phone']);
    expect(nine.doubleWidth).toBeGreaterThan(nine.width);
    expect(nine.doubleWidth / nine.height).toBeLessThanOrEqual(1.78);
  });
});

describe('in an area of any size, for any number of people and any size of text', () => {
  const given = fc.record({
    count: fc.integer({ min: 1, max: 22 }),
    area: fc.record({
      width: fc.integer({ min: 280, max: 2600 }),
      height: fc.integer({ min: 120, max: 1500 }),
      gap: fc.constantFrom(6, 10),
      rem: fc.constantFrom(16, 20, 32),
    }),
  });
  const runs = { numRuns: 1000 };
  const always = (holds: (count: number, area: Area) => boolean | void) =>
    fc.property(given, ({ count, area }) => holds(count, area));

  test('everybody has a place, none overlap, none stand out at the sides, and seats keep their order', () => {
    fc.assert(
      always((count, area) => {
        const boxes = boxesOf(count, area);
        if (boxes.length !== count || Math.min(...boxes.map(({ left }) => left)) < 0) return false;
        if (Math.max(...boxes.map(({ right }) => right)) > area.width) return false;
        // In reading order, a gap apart, the next is to the right or below.
        return boxes.slice(1).every((next, index) => {
          const box = boxes[index] ?? next;
          return next.top === box.top ? next.left >= box.right + area.gap : next.top >= box.bottom + area.gap;
        });
      }),
      runs,
    );
  });

  test('all are in view, except where each would be too small, or more than ten on an upright phone', () => {
    fc.assert(
      always((count, area) => {
        const { rows, rowsInView, shape } = tileLayout(count, area);
        const tooMany = shape === 'portrait' && count > 10;
        const lowest = Math.max(...boxesOf(count, area).map(({ bottom }) => bottom));
        if (rows > rowsInView) return tooMany || bestPeople(count, area, shape) < 6 * area.rem + 2;
        // One row that is too low for a name and a button scrolls by itself.
        return lowest <= area.height || area.height < 6 * area.rem;
      }),
      runs,
    );
  });

  test('whoever scrolls has whole rows in view, and a bar beside them', () => {
    fc.assert(
      always((count, area) => {
        const { rows, rowsInView, height } = tileLayout(count, area);
        if (rows === rowsInView) return;
        expect(Math.max(...boxesOf(count, area).map(({ right }) => right))).toBeLessThanOrEqual(area.width - 12);
        if (rowsInView === 1) return;
        expect(rowsInView * height + (rowsInView - 1) * area.gap).toBeLessThan(area.height);
      }),
      runs,
    );
  });

  test('no tile is smaller than a name and a button, if the area is wide enough for one', () => {
    fc.assert(
      always((count, area) => {
        const { width, height, columns } = tileLayout(count, area);
        expect(height).toBeGreaterThanOrEqual(6 * area.rem);
        if (columns > 1) expect(width).toBeGreaterThanOrEqual(5 * area.rem);
      }),
      runs,
    );
  });

  test('people are about as large as in the best of all grids; three may sit in one row', () => {
    fc.assert(
      always((count, area) => {
        const { rows, rowsInView, width, height, shape, columns } = tileLayout(count, area);
        if (rows > rowsInView) return;
        const phone = shape === 'portrait' || shape === 'landscape';
        const people = Math.min(height, phone ? width : width / (4 / 3));
        const share = count === 3 && columns === 3 ? 0.75 : 0.95;
        // Whole pixels may take one from each.
        expect(people).toBeGreaterThanOrEqual(share * bestPeople(count, area, shape) - 2);
      }),
      runs,
    );
  });

  test('pictures are cropped no further than the design has it', () => {
    const least = { portrait: 0.8, landscape: 1, square: 1.18, wide: 1.18 };
    fc.assert(
      always((count, area) => {
        const { shape, width, height, doubleWidth } = tileLayout(count, area);
        expect((width + 1) / height).toBeGreaterThanOrEqual(least[shape]);
        expect((width - 2) / height).toBeLessThanOrEqual(1.78);
        expect((doubleWidth - 2) / height).toBeLessThanOrEqual(1.78);
        expect(doubleWidth).toBeGreaterThanOrEqual(width);
      }),
      runs,
    );
  });

  test('only on an upright phone does a short row not come first', () => {
    fc.assert(
      always((count, area) => {
        const { shape, columns, rows } = tileLayout(count, area);
        const [first, ...others] = rowsOf(count, area).split('+').map(Number);
        if (shape === 'portrait') return;
        expect(first).toBe(count - columns * (rows - 1));
        expect(others).toEqual(others.map(() => columns));
      }),
      runs,
    );
  });
});

test('an area takes its shape from its proportions, and from its size where it is a phone', () => {
  expect(shapeOf(1150, 750)).toBe('wide');
  expect(shapeOf(800, 740)).toBe('square');
  expect(shapeOf(752, 830)).toBe('square');
  expect(shapeOf(374, 650)).toBe('portrait');
  // A phone whose plan and controls take much room, as with very large text.
  expect(shapeOf(374, 330)).toBe('portrait');
  expect(shapeOf(740, 340)).toBe('landscape');
  // A small laptop with the plan above and people beside.
  expect(shapeOf(704, 390)).toBe('wide');
});
