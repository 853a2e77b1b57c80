import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { openGallery, openStage } from './stage.mjs';

const wide = { width: 1440, height: 900 };
const phone = { width: 390, height: 844 };
/** A machine that is busy with other things takes its time; no speed is asserted here. */
const patience = 120_000;

let stage: Awaited<ReturnType<typeof openStage>>;
let page: Page;

beforeAll(async () => {
  stage = await openStage();
  page = await openGallery(stage, wide);
}, patience);

afterAll(() => stage.close(), patience);

beforeEach(() => page.setViewportSize(wide));

async function show(screen: string): Promise<void> {
  await page.evaluate((name) => window.gallery.show(name), screen);
}

/** What the screen has asked for since it is shown. */
function asked(): Promise<string[]> {
  return page.evaluate(() => window.gallery.asked);
}

/** The element with the focus, as people would name it. */
function focused(): Promise<string> {
  return page.evaluate(() => {
    const at = document.activeElement;
    const label = (at as HTMLInputElement | null)?.labels?.[0];
    return at?.getAttribute('aria-label') ?? label?.textContent ?? at?.textContent ?? '';
  });
}

describe('pressing Join', { timeout: patience }, () => {
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

describe('in the room', { timeout: patience }, () => {
  test('the focus goes skip link, promise, agenda, people, door, controls', async () => {
    await show('room-facilitator');
    await page.locator('#top').focus();
    const order: string[] = [];
    for (let step = 0; step < 20; step += 1) {
      await page.keyboard.press('Tab');
      order.push((await focused()).replace(/,.*/, ''));
    }
    const begin = ['Skip to people', 'Encrypted · not recorded'];
    const end = ['Mic on', 'Camera on', 'Leave'];
    const seen = order.filter((name) => [...begin, 'Next', 'Let in Elena', ...end].includes(name)).slice(0, 8);
    // Elena can be let in from her seat and from the door.
    expect(seen).toEqual([...begin, 'Next', 'Let in Elena', 'Let in Elena', ...end]);
  });

  test('Esc closes what is open and gives the focus back', async () => {
    await show('room-family');
    const more = page.getByRole('button', { name: 'More' });
    await more.click();
    // Dialogs are loaded apart from the room.
    await page.getByRole('dialog', { name: 'More' }).waitFor();
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
