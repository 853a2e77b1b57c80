import { Check } from '../ui/Check.tsx';
import { Dialog } from '../ui/Dialog.tsx';

import { shortcutList } from './shortcuts.ts';

/** The list of keys, and the way to switch them off (WCAG 2.1.4). */
export function ShortcutsDialog(props: {
  isStaff: boolean;
  on: boolean;
  onSwitch(on: boolean): void;
  onClose(): void;
}) {
  const { isStaff, on, onSwitch, onClose } = props;
  return (
    <Dialog title="Keyboard shortcuts" kind="narrow" onClose={onClose}>
      <dl className="keys">
        {shortcutList
          .filter((entry) => isStaff || !entry.staff)
          .map(({ keys, does }) => (
            <div key={keys}>
              <dt>
                <kbd>{keys}</kbd>
              </dt>
              <dd>{does}</dd>
            </div>
          ))}
      </dl>
      <p className="hint">They rest while you type.</p>
      <Check label="Use these shortcuts" checked={on} onChange={onSwitch} />
    </Dialog>
  );
}
