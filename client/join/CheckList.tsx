import { useEffect } from 'react';

import { useAnnounce } from '../ui/Announcer.tsx';
import { Icon, type IconName } from '../ui/Icon.tsx';

import type { Item, Mark } from './checkWords.ts';

const looks: Record<Mark, { icon: IconName | null; word: string }> = {
  open: { icon: null, word: 'Not tested' },
  running: { icon: 'clock', word: 'Testing' },
  ok: { icon: 'check', word: 'Good' },
  look: { icon: 'info', word: 'Works, but' },
  bad: { icon: 'alert', word: 'In the way' },
};

/** What is tested, one under the other, each with what was found and what to do. */
export function CheckList({ items }: { items: Item[] }) {
  const at = items.find(({ mark }) => mark === 'running');
  const announce = useAnnounce();
  const now = at?.text;
  useEffect(() => {
    if (now !== undefined) announce(`${now}.`);
  }, [announce, now]);
  return (
    <ol className="check-list">
      {items.map(({ part, title, mark, text, steps }) => {
        const { icon, word } = looks[mark];
        return (
          <li key={part} className={mark}>
            <span className="check-mark">{icon !== null && <Icon name={icon} />}</span>
            <div>
              <b>
                {title}
                <span className="sr">. {word}.</span>
              </b>
              {text !== '' && <p>{text}</p>}
              {steps.length > 0 && (
                <ul>
                  {steps.map((step) => (
                    <li key={step}>{step}</li>
                  ))}
                </ul>
              )}
            </div>
          </li>
        );
      })}
    </ol>
  );
}
