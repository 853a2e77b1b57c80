import { Icon, type IconName } from '../ui/Icon.tsx';

const promises: { icon: IconName; title: string; text: string }[] = [
  { icon: 'shield', title: 'Nothing is recorded', text: 'Not by us, not on any server.' },
  { icon: 'lock', title: 'Encrypted end to end', text: 'Only the people in the room can see and hear it.' },
  {
    icon: 'device',
    title: 'A clip’s file stays on your device',
    text: 'The group watches live. Nobody is sent a copy.',
  },
];

/** What Kinroom promises, in plain words, where somebody decides whether to come in. */
export function Promises() {
  return (
    <ul className="promises">
      {promises.map(({ icon, title, text }) => (
        <li key={title}>
          <Icon name={icon} />
          <span>
            <b>{title}</b>
            {text}
          </span>
        </li>
      ))}
    </ul>
  );
}
