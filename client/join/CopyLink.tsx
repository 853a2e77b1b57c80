import { Button } from '../ui/Button.tsx';
import { useCopy } from '../ui/useCopy.ts';

/** Copies the person's link, or shows it to be copied by hand where the browser does not allow it. */
export function CopyLink({ link }: { link: string }) {
  const { copied, byHand, field, copy } = useCopy<HTMLInputElement>();
  return (
    <>
      <Button look="primary" size="big" icon={copied ? 'check' : 'copy'} onClick={() => void copy(link)}>
        {copied ? 'Link copied' : 'Copy my link'}
      </Button>
      <output className="sr">{copied ? 'Your link is copied.' : ''}</output>
      {byHand !== null && (
        <div className="field copy-field">
          <label htmlFor="my-link">Your link. Press and hold it, then choose Copy.</label>
          <input id="my-link" ref={field} readOnly value={byHand} />
        </div>
      )}
    </>
  );
}
