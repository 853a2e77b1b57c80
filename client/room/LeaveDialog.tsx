import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';

/** Asks before leaving. The lead is also offered to end the session, which is another thing. */
export function LeaveDialog(props: { isLead: boolean; onLeave(): void; onEnd(): void; onClose(): void }) {
  const { isLead, onLeave, onEnd, onClose } = props;
  return (
    <Dialog
      title="Leave the room?"
      kind="narrow"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Stay</Button>
          {isLead && (
            <Button look="quiet" onClick={onEnd}>
              End for everyone…
            </Button>
          )}
          <Button look="danger" onClick={onLeave}>
            Leave
          </Button>
        </>
      }
    >
      <p>
        {isLead
          ? 'The others stay and the session goes on. Your co-facilitator takes the lead if they are here. You can come back with your link.'
          : 'The others stay. Your seat is kept, and your link brings you back.'}
      </p>
    </Dialog>
  );
}
