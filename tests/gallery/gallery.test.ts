import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

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

function asked(): Promise<string[]> {
  return page.evaluate(() => window.gallery.asked);
}

/** The element with the focus, as people would name it. */
function focused(): Promise<string> {
  return page.evaluate(() => {
    const at = document.activeElement;
    return (
      at?.getAttribute('aria-label') ??
      (at as HTMLInputElement | null)?.labels?.[0]?.textContent ??
      at?.textContent ??
      ''
    );
  });
}

describe.each([wide, phone])('at $width by $height', (size) => {
  beforeAll(() => page.setViewportSize(size));

  test('every screen passes axe, WCAG 2.2 AA', { timeout: patience }, async () => {
    await page.evaluate(axeSource);
    const found: string[] = [];
    let rules = 0;
    for (const screen of screens) {
      await show(screen);
      const { violations, passes } = await page.evaluate(() =>
        window.axe.run(document, {
          runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
          resultTypes: ['violations', 'passes'],
        }),
      );
      rules += passes.length;
      for (const { id, nodes } of violations)
        found.push(`${screen}: ${id} ${nodes.map((node) => node.html).join(' ')}`);
    }
    expect(found).toEqual([]);
    expect(rules).toBeGreaterThan(screens.length * 5);
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

/** Numbers the controls a keyboard should reach, in the page's order: those of the open dialog, where one is open. */
function markControls(): Promise<number[]> {
  return page.evaluate(() => {
    const inside = [...document.querySelectorAll('dialog[open]')].at(-1) ?? document;
    const controls = [...inside.querySelectorAll<HTMLElement>('a[href], button, input, select, [tabindex="0"]')];
    const seen = controls.filter((one) => one.tabIndex >= 0 && one.checkVisibility({ visibilityProperty: true }));
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

describe('pressing Join', () => {
  beforeEach(() => page.setViewportSize(wide));

  test('too early: the focus goes to what is missing, one after the other, and nothing is sent', async () => {
    await show('join-taster');
    const join = page.getByRole('button', { name: 'Join the taster' });
    await join.click();
    expect(await focused()).toContain('What should we call you?');
    await page.keyboard.type('Amina');
    await join.click();
    expect(await focused()).toContain('I have somewhere private to talk');
    await page.keyboard.press('Space');
    await join.click();
    expect(await focused()).toContain('What I hear in this group stays here');
    expect(await page.getByRole('alert').textContent()).toBe('One tick left above.');
    expect(await asked()).toEqual([]);
    await page.keyboard.press('Space');
    await join.click();
    expect(await asked()).toEqual(['join {"name":"Amina","ticks":{"privatePlace":true,"agreementVersion":1}}']);
  });

  test('on a phone: one idea per screen, and going back loses nothing', async () => {
    await page.setViewportSize(phone);
    await show('join-family');
    await page.getByRole('button', { name: 'Try camera and sound' }).click();
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByLabel('I have somewhere private to talk').check();
    await page.getByRole('button', { name: 'Back' }).click();
    await page.getByRole('button', { name: 'Go on' }).click();
    expect(await page.getByLabel('I have somewhere private to talk').isChecked()).toBe(true);
  });

  test('a blocked camera can be gone on without: both switched off, then only listening', async () => {
    await show('join-blocked');
    await page.getByRole('button', { name: 'Go on and only listen' }).click();
    expect(await asked()).toEqual(['preview.setOn "camera" false', 'preview.setOn "microphone" false']);
  });
});

describe('in the room', () => {
  beforeEach(() => page.setViewportSize(wide));

  test('the focus goes skip link, promise, agenda, people, door, controls', async () => {
    await show('room-facilitator');
    await page.locator('#top').focus();
    const order: string[] = [];
    for (let step = 0; step < 20; step += 1) {
      await page.keyboard.press('Tab');
      order.push((await focused()).replace(/,.*/, ''));
    }
    const wanted = [
      'Skip to people',
      'Encrypted · not recorded',
      'Next',
      'Let in Elena',
      'Mic on',
      'Camera on',
      'Leave',
    ];
    expect(order.filter((name) => wanted.includes(name))).toEqual([
      ...['Skip to people', 'Encrypted · not recorded', 'Next', 'Let in Elena', 'Let in Elena'],
      ...['Mic on', 'Camera on', 'Leave'],
    ]);
  });

  test('Esc closes what is open and gives the focus back', async () => {
    await show('room-family');
    const more = page.getByRole('button', { name: 'More' });
    await more.click();
    expect(await page.getByRole('dialog', { name: 'More' }).isVisible()).toBe(true);
    await page.keyboard.press('Escape');
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(await focused()).toBe('More');
  });

  test('holding Space opens a closed microphone and closes it again; an open one is left alone', async () => {
    await show('room-family');
    await page.locator('#top').focus();
    await page.keyboard.down('Space');
    expect(await asked()).toEqual(['setMicrophone true']);
    await page.keyboard.up('Space');
    expect(await asked()).toEqual(['setMicrophone true', 'setMicrophone false']);
    await show('room-facilitator');
    await page.keyboard.press('Space');
    expect(await asked()).toEqual([]);
  });

  test('keys rest while a dialog is open, and once they are switched off', async () => {
    await show('room-facilitator-keys');
    await page.keyboard.press('n');
    await page.getByLabel('Use these shortcuts').uncheck();
    await page.keyboard.press('Escape');
    await page.keyboard.press('n');
    expect(await asked()).toEqual([]);
    await show('room-facilitator-keys');
    await page.getByLabel('Use these shortcuts').check();
    await page.keyboard.press('Escape');
    await page.keyboard.press('n');
    expect(await asked()).toEqual(['next']);
  });

  test('a changed device is asked about before it is let in, by key as by button', async () => {
    await show('room-facilitator-changed');
    await page.getByRole('button', { name: 'Not yet' }).click();
    await page.keyboard.press('a');
    expect(await page.getByRole('dialog', { name: 'Is this really Elena?' }).isVisible()).toBe(true);
    expect(await asked()).toEqual([]);
    await page.getByRole('button', { name: 'Let Elena in' }).click();
    expect(await asked()).toEqual(['admit ["Elena"]']);
  });

  test('all can be let in at once, except whoever needs a look or is on the way', async () => {
    await show('room-facilitator-lobby');
    await page.getByRole('button', { name: 'Let in all 3' }).click();
    expect(await asked()).toEqual(['admit ["Maya & Jonas"]']);
    expect(await page.getByRole('dialog', { name: 'Is this really Priya?' }).isVisible()).toBe(true);
  });

  test('families never read how far over it is, staff do', async () => {
    await show('room-family-over');
    const text = await page.locator('#root').innerText();
    expect(text).toContain('Wrapping up');
    expect(text).not.toMatch(/\bover\b/);
    await show('room-facilitator');
    expect(await page.locator('#root').innerText()).toContain('3 min over');
  });

  test('a co-facilitator sees the agenda without its buttons, and can take the lead', async () => {
    await show('room-co-facilitator');
    expect(await page.getByRole('button', { name: 'Next', exact: true }).count()).toBe(0);
    await page.getByRole('button', { name: 'Take the lead' }).click();
    expect(await asked()).toEqual([]);
    await page.getByRole('dialog').getByRole('button', { name: 'Take the lead' }).click();
    expect(await asked()).toEqual(['takeLead']);
  });

  test('turning a phone keeps every picture attached where it is', async () => {
    await page.setViewportSize(phone);
    await show('room-family');
    await page.evaluate(() => document.querySelectorAll('video').forEach((video) => (video.dataset['kept'] = 'yes')));
    await page.setViewportSize({ width: 844, height: 390 });
    await page.waitForFunction(() => document.querySelector('.stage.landscape') !== null);
    const kept = await page.evaluate(() =>
      [...document.querySelectorAll('video')].map((video) => video.dataset['kept']),
    );
    expect(kept).toEqual(Array.from({ length: 8 }, () => 'yes'));
  });
});
