import { useRef, useState } from 'react';

import { Button } from '../ui/Button.tsx';

/** Copies the person's link, or shows it to be copied by hand where the browser does not allow it. */
export function CopyLink({ link }: { link: string }) {
  const [copied, setCopied] = useState<'no' | 'yes' | 'byHand'>('no');
  const field = useRef<HTMLInputElement>(null);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(link);
      setCopied('yes');
    } catch {
      setCopied('byHand');
      requestAnimationFrame(() => field.current?.select());
    }
  };
  return (
    <>
      <Button look="primary" size="big" icon={copied === 'yes' ? 'check' : 'copy'} onClick={() => void copy()}>
        {copied === 'yes' ? 'Link copied' : 'Copy my link'}
      </Button>
      <output className="sr">{copied === 'yes' ? 'Your link is copied.' : ''}</output>
      {copied === 'byHand' && (
        <div className="field copy-field">
          <label htmlFor="my-link">Your link. Press and hold it, then choose Copy.</label>
          <input id="my-link" ref={field} readOnly value={link} />
        </div>
      )}
    </>
  );
}
