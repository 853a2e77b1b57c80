import type { Trust } from '../live/screens.ts';
import { Avatar } from '../ui/Avatar.tsx';

/** Everybody whose device can open the group's picture and sound. */
export function KeyHolders({ members }: { members: Trust['members'] }) {
  return (
    <section aria-label="Who holds the key">
      <h3>Who holds the key</h3>
      <p className="small soft">Only these devices. A facilitator let each of them in.</p>
      <ul className="holders">
        {members.map((member) => (
          <li key={member.deviceId}>
            <Avatar name={member.name} rem={2} />
            <span>
              <b>{member.name}</b>
              <span className="meta muted">
                {member.isYou ? 'This device' : member.side === 'staff' ? 'Facilitator’s device' : 'Family’s device'}
              </span>
            </span>
            <code className="meta muted" title="The device’s own name">
              {shortId(member.deviceId)}
            </code>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The beginning of a device's name, in two groups: enough to tell devices apart by eye. */
function shortId(deviceId: string): string {
  return `${deviceId.slice(0, 4)} ${deviceId.slice(4, 8)}`;
}
