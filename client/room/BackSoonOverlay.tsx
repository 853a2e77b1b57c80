import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';

/** After a phone call or a locked screen: one tap back into the seat, microphone off. */
export function BackSoonOverlay({ onReturn }: { onReturn(): void }) {
  return (
    <Dialog
      title="Back soon"
      kind="narrow"
      onClose={onReturn}
      footer={
        <Button look="primary" size="big" wide onClick={onReturn}>
          Come back in
        </Button>
      }
    >
      <p>Your seat is kept, and the group sees “Back soon” on it. Nobody can see or hear you.</p>
      <p className="soft">Your microphone stays off until you turn it on.</p>
    </Dialog>
  );
}
