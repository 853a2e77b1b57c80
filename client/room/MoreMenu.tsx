import { Dialog } from '../ui/Dialog.tsx';
import { Icon, type IconName } from '../ui/Icon.tsx';
import { telephone } from '../ui/telephone.ts';

export type MoreChoice = 'devices' | 'trust' | 'shortcuts' | 'notYet' | 'hideOwn';

const entries: { choice: MoreChoice; icon: IconName; label: string; hint?: string }[] = [
  { choice: 'devices', icon: 'speaker', label: 'Camera and sound' },
  { choice: 'hideOwn', icon: 'eyeOff', label: 'Hide my own picture', hint: 'Others still see you' },
  {
    choice: 'trust',
    icon: 'shield',
    label: 'Encrypted, not recorded',
    hint: 'The evidence, and four words to compare',
  },
  { choice: 'shortcuts', icon: 'keyboard', label: 'Keyboard shortcuts' },
  { choice: 'notYet', icon: 'info', label: 'Not here yet', hint: 'What this version can’t do' },
];

/** Everything that needs no button of its own. */
export function MoreMenu(props: {
  ownHidden: boolean;
  helpPhone: string | null;
  onChoose(choice: MoreChoice): void;
  onClose(): void;
}) {
  const { ownHidden, helpPhone, onChoose, onClose } = props;
  return (
    <Dialog title="More" kind="sheet" onClose={onClose}>
      <div className="menu">
        {entries.map(({ choice, icon, label, hint }) => {
          const shown = choice === 'hideOwn' && ownHidden;
          return (
            <button key={choice} type="button" onClick={() => onChoose(choice)}>
              <Icon name={icon} />
              <span>
                {shown ? 'Show my own picture' : label}
                {hint !== undefined && !shown && <small>{hint}</small>}
              </span>
            </button>
          );
        })}
        {helpPhone !== null && (
          <>
            <hr />
            <a href={telephone(helpPhone)}>
              <Icon name="phone" />
              <span>Trouble? Ring {helpPhone}</span>
            </a>
          </>
        )}
      </div>
    </Dialog>
  );
}
