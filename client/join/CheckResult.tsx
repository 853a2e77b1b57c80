import { useEffect } from 'react';

import { useAnnounce } from '../ui/Announcer.tsx';
import { Button } from '../ui/Button.tsx';
import { Icon, type IconName } from '../ui/Icon.tsx';
import { useCopy } from '../ui/useCopy.ts';

import { outcomeTitles, reportText } from './checkReport.ts';
import { outcomeOf, type Item, type Outcome } from './checkWords.ts';

const looks: Record<Outcome, { icon: IconName; lead: string }> = {
  ready: { icon: 'check', lead: 'Your link will work on this device and this network.' },
  soundFirst: {
    icon: 'speaker',
    lead: 'You will hear the group and be heard. Pictures may be fewer, or pause for a while. See what could help below.',
  },
  inTheWay: {
    icon: 'alert',
    lead: 'As it is, you could not take part from here. See what to do below, then test again.',
  },
};

/** What the test came to, in a sentence, and as text for whoever helps. */
export function CheckResult(props: { items: Item[]; onAgain(): void; onBack: (() => void) | null }) {
  const { items, onAgain, onBack } = props;
  const outcome = outcomeOf(items);
  const title = outcomeTitles[outcome];
  const { icon, lead } = looks[outcome];
  const announce = useAnnounce();
  useEffect(() => announce(`${title}. ${lead}`), [announce, title, lead]);
  return (
    <>
      <section className={`check-result ${outcome}`} aria-label="Result">
        <span className="check-mark">
          <Icon name={icon} size="l" />
        </span>
        <div>
          <h2>{title}</h2>
          <p>{lead}</p>
        </div>
      </section>
      <div className="state-buttons">
        <CopyReport text={() => reportText(outcome, items, navigator.userAgent, new Date())} />
        <Button onClick={onAgain}>Test again</Button>
        {onBack !== null && (
          <Button look="quiet" icon="back" onClick={onBack}>
            Back to my invitation
          </Button>
        )}
      </div>
    </>
  );
}

/** Copies the result, or shows it to be copied by hand where the browser does not allow it. */
function CopyReport({ text }: { text(): string }) {
  const { copied, byHand, field, copy } = useCopy<HTMLTextAreaElement>();
  return (
    <>
      <Button look="primary" icon={copied ? 'check' : 'copy'} onClick={() => void copy(text())}>
        {copied ? 'Result copied' : 'Copy the result'}
      </Button>
      <output className="sr">{copied ? 'The result is copied. Paste it into a message.' : ''}</output>
      {byHand !== null && (
        <div className="field copy-field">
          <label htmlFor="check-report">The result. Press and hold it, then choose Copy.</label>
          <textarea id="check-report" ref={field} readOnly rows={7} value={byHand} />
        </div>
      )}
    </>
  );
}
