import type { Invitation } from '#shared/api.ts';
import { isStaff } from '#shared/session/roles.ts';

import { Avatar } from '../ui/Avatar.tsx';

/** Who will see and hear one: staff by name, families only by number until one is let in. */
export function WhoIsThere({ invitation }: { invitation: Invitation }) {
  const { leads, families } = invitation.session;
  const forStaff = isStaff(invitation.role);
  return (
    <section className="who">
      <h2>Only these people can see and hear you</h2>
      <ul>
        {leads.map((lead) => (
          <li key={`${lead.role} ${lead.name}`}>
            <Avatar name={lead.name} rem={2.25} />
            <span>
              <b>{lead.name}</b>
              <small>{lead.role === 'facilitator' ? 'Facilitator' : 'Co-facilitator'}</small>
            </span>
          </li>
        ))}
        <li>
          <span className="avatar lamp families" aria-hidden="true">
            {families === null ? '…' : forStaff ? families : families - 1}
          </span>
          <span>
            <b>{familiesText(families, forStaff)}</b>
            <small>You learn each other’s first names in the room</small>
          </span>
        </li>
      </ul>
    </section>
  );
}

function familiesText(families: number | null, forStaff: boolean): string {
  if (families === null) return 'Other guests';
  const count = forStaff ? families : families - 1;
  const noun = count === 1 ? 'family' : 'families';
  return forStaff ? `Up to ${count} ${noun}` : `Up to ${count} other ${noun}`;
}
