import type { Page } from 'playwright-core';
import type { Kinroom } from './kinroom.ts';
import { until } from './until.ts';

/** Opens a link and goes through the join page as its user would, up to pressing join. */
export async function joinWith(page: Page, kinroom: Kinroom, label: string, name?: string): Promise<void> {
  await page.goto(kinroom.link(label));
  await fillIn(page, name);
}

/** Fills in the join page that is open: the phone's steps or the one page of a laptop. */
export async function fillIn(page: Page, name?: string): Promise<void> {
  const join = page.getByRole('button', { name: /^Join the/ });
  const onward = page.getByRole('button', { name: /^(Try camera and sound|Go on)$/ });
  await until('the join page', async () => (await join.isVisible()) || (await onward.isVisible()));
  while (!(await join.isVisible())) await onward.click();
  if (name !== undefined) await page.getByLabel('What should we call you?').fill(name);
  for (const box of await page.getByRole('checkbox').all()) await box.check();
  await join.click();
}

export function isWaiting(page: Page): Promise<boolean> {
  return page
    .getByText(/waiting room/i)
    .first()
    .isVisible();
}

export function isInRoom(page: Page): Promise<boolean> {
  return page.getByRole('button', { name: /^Encrypted/ }).isVisible();
}

/** The title of the segment that runs, as this page shows it (on a phone in its strip); empty while none does. */
export async function segment(page: Page): Promise<string> {
  const now = page.getByLabel('Now', { exact: true }).getByRole('heading').or(page.locator('.strip > p > b'));
  return (await now.count()) === 0 ? '' : ((await now.first().textContent()) ?? '');
}

/** Minutes left on this page's ring. */
export async function minutesLeft(page: Page): Promise<number> {
  return Number.parseInt((await page.getByRole('timer').first().textContent()) ?? '', 10);
}

/** Lets these people in, one after the other, each as soon as they stand at the door of this page. */
export async function letIn(page: Page, ...names: string[]): Promise<void> {
  for (const name of names) {
    const button = page.getByRole('button', { name: `Let in ${name}` });
    await until(`${name} at the door`, async () => (await button.count()) > 0);
    await button.first().click();
  }
}

/** The four words as this page shows them; opens and closes the trust page. */
export async function fourWords(page: Page): Promise<string> {
  await page.getByRole('button', { name: /^Encrypted/ }).click();
  const words = page.getByLabel('Four words').locator('b');
  await until('four words', async () => (await words.count()) === 4);
  const text = (await words.allTextContents()).map((word) => word.trim()).join(' ');
  await page.keyboard.press('Escape');
  return text;
}
