import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';

import { agreementText } from './agreementText.ts';

/** The agreement in full. Reading it ticks nothing: that stays a decision of its own. */
export function AgreementDialog({ version, onClose }: { version: number; onClose(): void }) {
  return (
    <Dialog
      title="Our agreement"
      onClose={onClose}
      footer={
        <Button look="primary" onClick={onClose}>
          I have read it
        </Button>
      }
    >
      <ol className="agreement">
        {agreementText.map(({ title, text }) => (
          <li key={title}>
            <h3>{title}</h3>
            <p>{text}</p>
          </li>
        ))}
      </ol>
      <p className="meta muted">Version {version}</p>
    </Dialog>
  );
}
