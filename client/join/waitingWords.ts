import type { Invitation } from '#shared/api.ts';
import { isStaff } from '#shared/session/roles.ts';

import type { Waiting } from '../live/screens.ts';

export type WaitingWords = { chip: string; title: string; lead: string };

/** What the waiting room says at each stage. It names whoever will let this person in. */
export function waitingWords(invitation: Invitation, stage: Waiting['stage']): WaitingWords {
  const others = invitation.session.leads.filter((lead) => lead.name !== invitation.name);
  const lead = others[0]?.name ?? 'Your facilitator';
  const staff = isStaff(invitation.role);
  switch (stage) {
    case 'opening':
      return staff
        ? { chip: 'Opening the room', title: 'Opening the room.', lead: 'This device makes the group’s key. A moment.' }
        : {
            chip: 'You’re in the waiting room',
            title: 'We’re getting ready.',
            lead: `${lead} is preparing the room. You don’t need to press anything: it goes on by itself.`,
          };
    case 'door':
      return {
        chip: 'You’re in the waiting room',
        title: `${lead} will let you in soon.`,
        lead: `${lead} knows you’re here. You don’t need to press anything: the room opens by itself.`,
      };
    case 'entering':
      return { chip: 'Coming in', title: 'Come in.', lead: 'You have the key. Connecting picture and sound.' };
  }
}
