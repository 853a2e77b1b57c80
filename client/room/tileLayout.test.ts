import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { shapeOf, tileLayout, type Shape } from './tileLayout.ts';

/** The rows of a layout by how many tiles each has, for example `2+3+3`. */
function rowsOf(count: number, shape: Shape): string {
  const rows: number[] = [];
  for (const place of tileLayout(count, shape).places) rows[place.row - 1] = (rows[place.row - 1] ?? 0) + 1;
  return rows.join('+');
}

describe('the table of tile layouts', () => {
  const table: Record<Shape, string[]> = {
    wide: ['1', '2', '3', '2+2', '2+3', '3+3', '1+3+3', '2+3+3', '3+3+3', '2+4+4', '3+4+4', '4+4+4'],
    square: ['1', '1+1', '1+2', '2+2', '1+2+2', '2+2+2', '1+3+3', '2+3+3', '3+3+3', '1+3+3+3', '2+3+3+3', '3+3+3+3'],
    portrait: '1 1+1 1+1+1 2+2 2+2+1 2+2+2 2+2+2+1 2+2+2+2 2+2+2+2+1 2+2+2+2+2 2+2+2+2+2+1 2+2+2+2+2+2'.split(' '),
    landscape: ['1', '2', '3', '4', '2+3', '3+3', '3+4', '4+4', '4+5', '5+5', '5+6', '6+6'],
  };
  for (const [shape, rows] of Object.entries(table)) {
    test(`${shape}: one to twelve tiles`, () => {
      expect(rows.map((_, index) => rowsOf(index + 1, shape as Shape))).toEqual(rows);
    });
  }
});

describe('places', () => {
  test('a short row sits in the middle: two above three', () => {
    const { places } = tileLayout(5, 'wide');
    expect(places.slice(0, 2)).toEqual([
      { row: 1, start: 2, span: 2 },
      { row: 1, start: 4, span: 2 },
    ]);
    expect(places[2]).toEqual({ row: 2, start: 1, span: 2 });
  });

  test('an odd last tile on an upright phone takes both columns', () => {
    expect(tileLayout(7, 'portrait').places.at(-1)).toEqual({ row: 4, start: 1, span: 4 });
  });

  test('upright phones show eight of twelve and scroll', () => {
    expect(tileLayout(12, 'portrait')).toMatchObject({ rows: 6, rowsInView: 4 });
    expect(tileLayout(10, 'portrait')).toMatchObject({ rows: 5, rowsInView: 5 });
  });

  test('no two tiles overlap, none stands outside, in any shape and number', () => {
    const shapes = fc.constantFrom<Shape>('wide', 'square', 'portrait', 'landscape');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 30 }), shapes, (count, shape) => {
        const { places, columns, rows } = tileLayout(count, shape);
        const taken = new Set<string>();
        for (const { row, start, span } of places) {
          for (let half = start; half < start + span; half += 1) {
            if (taken.has(`${row}/${half}`) || half < 1 || half > columns * 2 || row > rows) return false;
            taken.add(`${row}/${half}`);
          }
        }
        return places.length === count;
      }),
    );
  });
});

test('an area takes its shape from its proportions, and from its height where it is a phone on its side', () => {
  expect(shapeOf(1150, 750)).toBe('wide');
  expect(shapeOf(800, 740)).toBe('square');
  expect(shapeOf(374, 650)).toBe('portrait');
  expect(shapeOf(752, 830)).toBe('portrait');
  // A phone whose plan and controls take much room, as with very large text.
  expect(shapeOf(374, 330)).toBe('portrait');
  expect(shapeOf(740, 340)).toBe('landscape');
});
