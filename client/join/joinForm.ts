import type { Invitation } from '#shared/api.ts';
import { isStaff } from '#shared/session/roles.ts';
import type { Ticks } from '#shared/session/state.ts';

/** What somebody filled in on the join page. */
export type JoinForm = { name: string; privatePlace: boolean; agreement: boolean };

export type JoinField = keyof JoinForm;

export const emptyForm: JoinForm = { name: '', privatePlace: false, agreement: false };

/**
 * The fields this invitation asks for, in their order on the page. Staff are asked for nothing; a guest of a taster for
 * a first name; an agreement that was accepted before is not asked for again.
 */
export function fieldsFor(invitation: Invitation): JoinField[] {
  if (isStaff(invitation.role)) return [];
  const fields: JoinField[] = [];
  if (invitation.kind === 'taster' && invitation.name === null) fields.push('name');
  fields.push('privatePlace');
  if (!invitation.session.agreement.accepted) fields.push('agreement');
  return fields;
}

/** Of those fields the ones that are still open, in order. */
export function missingOf(form: JoinForm, fields: JoinField[]): JoinField[] {
  return fields.filter((field) => (field === 'name' ? form.name.trim() === '' : !form[field]));
}

/** What joining sends. `agreementVersion` 0: none was ticked (staff are not asked). */
export function choiceOf(form: JoinForm, invitation: Invitation): { name: string | null; ticks: Ticks } {
  const fields = fieldsFor(invitation);
  const { agreement } = invitation.session;
  const agreed = agreement.accepted || (fields.includes('agreement') && form.agreement);
  return {
    name: fields.includes('name') ? form.name.trim() : null,
    ticks: { privatePlace: form.privatePlace, agreementVersion: agreed ? agreement.version : 0 },
  };
}

/** What the page says when Join is pressed too early. */
export const missingWords: Record<JoinField, string> = {
  name: 'Tell us a first name to call you by.',
  privatePlace: 'Please find a private place, then tick this.',
  agreement: 'Please read the agreement, then tick this.',
};

/** The line above the button for what is still open; null where nothing is. */
export function leftToDo(missing: JoinField[]): string | null {
  const name = missing.includes('name');
  const ticks = missing.length - (name ? 1 : 0);
  const tickText = ticks === 1 ? 'one tick' : 'two ticks';
  if (missing.length === 0) return null;
  if (ticks === 0) return 'Only your first name is missing above.';
  return name ? `Your first name and ${tickText} are missing above.` : `${capital(tickText)} left above.`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
