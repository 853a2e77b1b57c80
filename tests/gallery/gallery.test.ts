import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { openGallery, openStage } from './stage.mjs';

declare global {
  interface Window {
    axe: { run(context: Document, options: RunOptions): Promise<AxeResults> };
  }
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const wide = { width: 1440, height: 900 };
const phone = { width: 390, height: 844 };
/** 1280 pixels at 400 %, the width at which WCAG 1.4.10 wants no sideways scrolling. */
const narrowest = { width: 320, height: 568 };
/** A machine that is busy with other things takes its time; no speed is asserted here. */
const patience = 240_000;

let stage: Awaited<ReturnType<typeof openStage>>;
let page: Page;
let screens: string[] = [];

beforeAll(async () => {
  stage = await openStage();
  page = await openGallery(stage, wide);
  screens = await page.evaluate(() => window.gallery.screens);
}, patience);

afterAll(() => stage.close(), patience);

async function show(screen: string): Promise<void> {
  await page.evaluate((name) => window.gallery.show(name), screen);
}

describe.each([wide, phone])('at $width by $height', (size) => {
  beforeAll(() => page.setViewportSize(size));

  test('every screen passes axe, WCAG 2.2 AA', { timeout: patience }, async () => {
    expect(await axeFinds(screens)).toEqual([]);
  });

  test('Tab reaches every control of every screen, in the order of the page', { timeout: patience }, async () => {
    const wrong: string[] = [];
    for (const screen of screens) {
      await show(screen);
      const controls = await markControls();
      const reached = await tabThrough(controls.length);
      if (reached.join() !== controls.join()) wrong.push(`${screen}: ${reached.join()} instead of ${controls.join()}`);
    }
    expect(wrong).toEqual([]);
  });

  test('every button and link is at least 44 px either way', { timeout: patience }, async () => {
    const small: string[] = [];
    for (const screen of screens) {
      await show(screen);
      small.push(...(await page.evaluate(smallTargets)).map((target) => `${screen}: ${target}`));
    }
    expect(small).toEqual([]);
  });
});

test('pages also pass in the dark, when the device asks for it', { timeout: patience }, async () => {
  await page.setViewportSize(wide);
  await page.emulateMedia({ colorScheme: 'dark' });
  const found = await axeFinds(screens.filter((screen) => !screen.startsWith('room')));
  await show('ended');
  const background = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.emulateMedia({ colorScheme: 'light' });
  expect(background).toBe('rgb(21, 26, 27)');
  expect(found).toEqual([]);
});

/** What axe finds wrong on these screens; it has to have looked at something on each. */
async function axeFinds(names: string[]): Promise<string[]> {
  const found: string[] = [];
  await page.evaluate(axeSource);
  for (const screen of names) {
    await show(screen);
    const { violations, passes } = await page.evaluate(() =>
      window.axe.run(document, {
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
        resultTypes: ['violations', 'passes'],
        preload: false,
      }),
    );
    if (passes.length < 5) found.push(`${screen}: axe saw hardly anything`);
    for (const { id, nodes } of violations) found.push(`${screen}: ${id} ${nodes.map((node) => node.html).join(' ')}`);
  }
  return found;
}

/** Numbers the controls a keyboard should reach, in the page's order: those of the open dialog, where one is open. */
function markControls(): Promise<number[]> {
  return page.evaluate(() => {
    const inside = [...document.querySelectorAll('dialog[open]')].at(-1) ?? document;
    // Of a row of tabs the keyboard reaches the chosen one; arrows do the rest.
    const all = 'a[href], button:not([role="tab"][aria-selected="false"]), input, select, [tabindex="0"]';
    const controls = [...inside.querySelectorAll<HTMLElement>(all)];
    const seen = controls.filter((one) => one.checkVisibility({ visibilityProperty: true }));
    seen.forEach((one, index) => (one.dataset['control'] = String(index)));
    if (inside === document) document.querySelector<HTMLElement>('#top')?.focus();
    else inside.querySelector('h2')?.focus();
    return seen.map((_, index) => index);
  });
}

async function tabThrough(count: number): Promise<number[]> {
  const reached: number[] = [];
  for (let step = 0; step < count; step += 1) {
    await page.keyboard.press('Tab');
    reached.push(
      await page.evaluate(() => Number((document.activeElement as HTMLElement | null)?.dataset['control'] ?? -1)),
    );
  }
  return reached;
}

/** Links inside a sentence and ticks, whose label is pressed with them, are measured by what carries them. */
function smallTargets(): string[] {
  const targets = [...document.querySelectorAll<HTMLElement>('button, a.btn, .menu a, select, label.check')];
  return targets.flatMap((one) => {
    const { width, height } = one.getBoundingClientRect();
    const after = getComputedStyle(one, '::after');
    const tall = Math.max(height, after.position === 'absolute' ? Number.parseFloat(after.height) || 0 : 0);
    if (width === 0 || (tall >= 43.9 && width >= 43.9)) return [];
    return [`${one.textContent.trim() || one.ariaLabel} ${Math.round(width)}×${Math.round(tall)}`];
  });
}

test('nothing needs sideways scrolling at 320 px, nor with text twice as large', { timeout: patience }, async () => {
  const wrong: string[] = [];
  const look = async (label: string) => {
    for (const screen of screens) {
      await show(screen);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      if (over > 0) wrong.push(`${screen} ${label}: ${over} px too wide`);
    }
  };
  await page.setViewportSize(narrowest);
  await look('at 320 px');
  await page.setViewportSize(wide);
  await page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
  await look('with large text');
  await page.evaluate(() => (document.documentElement.style.fontSize = ''));
  expect(wrong).toEqual([]);
});
