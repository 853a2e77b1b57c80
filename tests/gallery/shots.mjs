// Pictures of every screen: node tests/gallery/shots.mjs FOLDER [part of a screen's name]
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { openGallery, openStage } from './stage.mjs';

const [folder, part = ''] = process.argv.slice(2);
if (folder === undefined) {
  console.error('Name the folder for the pictures: node tests/gallery/shots.mjs FOLDER [part of a name]');
  process.exit(1);
}
mkdirSync(folder, { recursive: true });

/** Window sizes, and which screens are looked at in them. */
const sizes = [
  { width: 1440, height: 900, of: /./ },
  { width: 390, height: 844, of: /./ },
  { width: 844, height: 390, of: /^(room-(family|facilitator|facilitator-people|many)|join-family)$/ },
  { width: 768, height: 1024, of: /^(room-(family|facilitator)|join-family)$/ },
  { width: 1024, height: 768, of: /^(room-(family|facilitator)|join-family)$/ },
  { width: 360, height: 640, of: /^(room-(family|facilitator)|join-step-form|waiting-door)$/ },
  // 1280 by 720 at 400 %: nothing may need sideways scrolling (WCAG 1.4.10).
  { width: 320, height: 568, of: /^(room-family|join-family|join-early|waiting-door|ended)$/ },
];
const alsoDark = /^(join-family|ended|join-blocked)$/;

const stage = await openStage();
const page = await openGallery(stage, { width: 1440, height: 900 });
page.on('console', (message) => {
  if (message.type() === 'error') console.error(message.text());
});
page.on('pageerror', (error) => console.error(error.message));

const screens = (await page.evaluate(() => window.gallery.screens)).filter((name) => name.includes(part));
for (const { width, height, of } of sizes) {
  await page.setViewportSize({ width, height });
  for (const screen of screens) if (of.test(screen)) await take(screen, `${width}x${height}`);
}
await page.setViewportSize({ width: 1440, height: 900 });
for (const screen of screens) if (alsoDark.test(screen)) await take(screen, 'dark', 'dark');
await stage.close();

/**
 * @param {string} screen
 * @param {string} label
 * @param {string} [theme]
 */
async function take(screen, label, theme) {
  await page.evaluate(([name, look]) => window.gallery.show(name ?? '', look), [screen, theme]);
  const path = join(folder ?? '', `${screen}-${label}.png`);
  await page.screenshot({ path, fullPage: !screen.startsWith('room') });
}
