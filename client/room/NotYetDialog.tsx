import { Dialog } from '../ui/Dialog.tsx';
import { Icon, type IconName } from '../ui/Icon.tsx';

const coming: { icon: IconName; title: string; meanwhile: string }[] = [
  { icon: 'hand', title: 'Raising a hand, and reactions', meanwhile: 'For now, wave, or just speak.' },
  { icon: 'chat', title: 'Chat', meanwhile: 'For now, say it aloud.' },
  { icon: 'rooms', title: 'Small rooms', meanwhile: 'For now, those parts happen all together.' },
  { icon: 'film', title: 'Sharing a clip', meanwhile: 'For now, tell the group about it.' },
];

/** Says plainly what this version lacks, instead of buttons that do nothing. */
export function NotYetDialog({ onClose }: { onClose(): void }) {
  return (
    <Dialog title="Not here yet" kind="narrow" onClose={onClose}>
      <p className="soft">These are being built. Nothing of them works today, so they have no buttons.</p>
      <ul className="facts">
        {coming.map(({ icon, title, meanwhile }) => (
          <li key={title}>
            <Icon name={icon} />
            <p>
              <b>{title}</b>
              {meanwhile}
            </p>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
