import { Dialog } from '../ui/Dialog.tsx';
import { Icon, type IconName } from '../ui/Icon.tsx';
import { telephone } from '../ui/telephone.ts';

export type MoreChoice = 'devices' | 'soundOnly' | 'trust' | 'shortcuts' | 'notYet' | 'hideOwn';

type Entry = { choice: MoreChoice; icon: IconName; label: string; hint?: string };

const entries: Entry[] = [
  { choice: 'devices', icon: 'speaker', label: 'Camera and sound' },
  {
    choice: 'soundOnly',
    icon: 'wifi',
    label: 'Sound only',
    hint: 'All pictures off, yours too, to save your connection',
  },
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
  /** Nobody's picture is taken: chosen, or because the line is too weak. */
  picturesOff: boolean;
  helpPhone: string | null;
  onChoose(choice: MoreChoice): void;
  onClose(): void;
}) {
  const { ownHidden, picturesOff, helpPhone, onChoose, onClose } = props;
  return (
    <Dialog title="More" kind="sheet" onClose={onClose}>
      <div className="menu">
        {entries.map((entry) => {
          const { choice, icon, label, hint } = turned(entry, ownHidden, picturesOff);
          return (
            <button key={choice} type="button" onClick={() => onChoose(choice)}>
              <Icon name={icon} />
              <span>
                {label}
                {hint !== undefined && <small>{hint}</small>}
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

/** What is switched on is offered the other way round. */
function turned(entry: Entry, ownHidden: boolean, picturesOff: boolean): Entry {
  const { choice, icon } = entry;
  if (choice === 'hideOwn' && ownHidden) return { choice, icon, label: 'Show my own picture' };
  if (choice === 'soundOnly' && picturesOff) {
    return { choice, icon, label: 'Turn pictures back on', hint: 'Your own camera stays as it is' };
  }
  return entry;
}
