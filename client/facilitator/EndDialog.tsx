import { Confirm } from '../ui/Confirm.tsx';

/** Asks once before the session ends for everybody. */
export function EndDialog({ onEnd, onClose }: { onEnd(): void; onClose(): void }) {
  return (
    <Confirm
      title="End the session for everyone?"
      yes="End session"
      no="Go on"
      look="danger"
      onYes={onEnd}
      onNo={onClose}
    >
      <p>Everybody leaves the room, and it can’t be opened again for this session. Say goodbye first.</p>
    </Confirm>
  );
}
