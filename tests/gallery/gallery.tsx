import { Fragment } from 'react';
import { createRoot } from 'react-dom/client';

import '../../client/ui/styles.css';
import { checks } from './checks.tsx';
import { pages } from './pages.tsx';
import { rooms } from './rooms.tsx';
import type { Sample } from './sample.ts';
import { clockFrom, recordedActions, seven } from './samples.ts';

declare global {
  interface Window {
    /** For tests and shots. `asked`: what the screen asked for since it is shown. */
    gallery: { screens: string[]; asked: string[]; show(screen: string, theme?: string): Promise<void> };
  }
}

const samples: Record<string, Sample> = { ...pages, ...checks, ...rooms };
const element = document.querySelector('#root');
if (element === null) throw new Error('no root');
const root = createRoot(element);
let shown = 0;

/** Shows a screen from its beginning, presses what belongs to it, and resolves when it stands. */
async function show(screen: string, theme?: string): Promise<void> {
  const sample = samples[screen];
  if (sample === undefined) throw new Error(`no screen ${screen}`);
  if (theme === undefined) delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
  document.title = 'Kinroom';
  window.gallery.asked = [];
  shown += 1;
  const actions = recordedActions(clockFrom(seven + sample.at * 60_000), (what) => window.gallery.asked.push(what));
  root.render(<Fragment key={shown}>{sample.show({ actions })}</Fragment>);
  await frame();
  window.scrollTo(0, 0);
  // A phone on its side has the room's small layout, while pages have room for their wide one.
  const low = screen.startsWith('room') && matchMedia('(max-height: 30em)').matches;
  const narrow = low || matchMedia('(max-width: 51.25em)').matches;
  await press([...(narrow ? (sample.pressNarrow ?? []) : []), ...(sample.press ?? [])]);
  await document.fonts.ready;
  await frame();
}

/** Presses buttons by their names, each as soon as it is there. */
async function press(names: string[]): Promise<void> {
  for (const wanted of names) {
    const find = () =>
      [...document.querySelectorAll<HTMLElement>('button, a')].findLast((one) => nameOf(one).includes(wanted));
    for (let tries = 0; tries < 60 && find() === undefined; tries += 1) await frame();
    const button = find();
    if (button === undefined) throw new Error(`no button ${wanted}`);
    button.focus();
    button.click();
    await frame();
  }
}

function nameOf(one: HTMLElement): string {
  return (one.getAttribute('aria-label') ?? one.textContent).trim();
}

function frame(): Promise<unknown> {
  return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
}

window.gallery = { screens: Object.keys(samples), asked: [], show };

const query = new URLSearchParams(location.search);
const wanted = query.get('screen');
if (wanted !== null) await show(wanted, query.get('theme') ?? undefined);
else {
  root.render(
    <ul>
      {window.gallery.screens.map((one) => (
        <li key={one}>
          <a href={`?screen=${one}`}>{one}</a>
        </li>
      ))}
    </ul>,
  );
}
