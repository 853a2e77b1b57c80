import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { openGallery, openStage } from './stage.mjs';

/** Laptops, half a screen, tablets and phones, the latter also on their side. */
const sizes = [
  { width: 1366, height: 768 },
  { width: 1024, height: 600 },
  { width: 640, height: 900 },
  { width: 390, height: 844 },
  { width: 360, height: 640 },
  { width: 844, height: 390 },
  { width: 740, height: 360 },
];
const screens = [
  'room-one',
  'room-two',
  'room-three',
  'room-five',
  'room-family',
  'room-standings',
  'room-facilitator',
  'room-facilitator-lobby',
  'room-many',
];
/** A machine that is busy with other things takes its time; no speed is asserted here. */
const patience = 120_000;

let stage: Awaited<ReturnType<typeof openStage>>;
let page: Page;

beforeAll(async () => {
  stage = await openStage();
  page = await openGallery(stage, { width: 1440, height: 900 });
}, patience);

afterAll(() => stage.close(), patience);

test.each(sizes)('at $width by $height everybody is drawn whole and named', { timeout: patience }, async (size) => {
  await page.setViewportSize(size);
  const wrong: string[] = [];
  for (const screen of screens) {
    await page.evaluate((name) => window.gallery.show(name), screen);
    wrong.push(...(await page.evaluate(lookAtSeats)).map((what) => `${screen}: ${what}`));
  }
  expect(wrong).toEqual([]);
});

test('whoever does not fit an upright phone is scrolled to', { timeout: patience }, async () => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.evaluate(() => window.gallery.show('room-many'));
  const last = page.locator('.cell').last();
  const isInView = () =>
    last.evaluate(
      (cell) =>
        cell.getBoundingClientRect().bottom <= (cell.closest('.stage')?.getBoundingClientRect().bottom ?? 0) + 1,
    );
  expect(await isInView()).toBe(false);
  await page.getByRole('group', { name: 'People in their seats' }).focus();
  await page.keyboard.press('End');
  await expect.poll(isInView, { timeout: 10_000 }).toBe(true);
});

/** What is wrong with the seats on this page: outside their area, on top of each other, or with a name cut short. */
function lookAtSeats(): string[] {
  const wrong: string[] = [];
  const area = document.querySelector('.stage');
  const cells = [...document.querySelectorAll<HTMLElement>('.cell')];
  if (area === null || cells.length === 0) return ['nobody there'];
  const scrolls = area.scrollHeight > area.clientHeight + 1;
  if (scrolls && (cells.length < 11 || !area.classList.contains('portrait'))) wrong.push('scrolls');
  const within = area.getBoundingClientRect();
  const boxes = cells.map((cell) => cell.getBoundingClientRect());
  for (const [index, box] of boxes.entries()) {
    const out = box.left < within.left - 1 || box.right > within.right + 1 || box.top < within.top - 1;
    if (out || (!scrolls && box.bottom > within.bottom + 1)) wrong.push(`seat ${index} is outside`);
    const over = boxes
      .slice(0, index)
      .some((one) => one.right > box.left + 1 && one.left < box.right - 1 && one.bottom > box.top + 1);
    if (over) wrong.push(`seat ${index} covers another`);
  }
  for (const name of document.querySelectorAll<HTMLElement>('.plate > span:not(.sr)')) {
    const cut = name.scrollWidth > name.clientWidth + 1 || name.scrollHeight > name.clientHeight + 1;
    if (cut) wrong.push(`the name ${name.textContent} is cut`);
  }
  for (const seat of document.querySelectorAll('.tile.seat')) {
    if (seat.scrollHeight > seat.clientHeight + 1) wrong.push(`the seat of ${seat.textContent} is cut`);
  }
  for (const words of document.querySelectorAll('.rest-words p')) {
    const plate = words.closest('.tile')?.querySelector('.plate')?.getBoundingClientRect().top ?? 0;
    if (words.getBoundingClientRect().bottom > plate) wrong.push(`${words.textContent} is covered`);
  }
  return wrong;
}
