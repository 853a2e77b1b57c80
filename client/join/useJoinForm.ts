import { useState } from 'react';

import type { Invitation } from '#shared/api.ts';
import type { Ticks } from '#shared/session/state.ts';

import { choiceOf, emptyForm, fieldsFor, missingOf, type JoinField, type JoinForm } from './joinForm.ts';

/** Where each field stands on the page. */
export const inputIds: Record<JoinField, string> = {
  name: 'join-name',
  privatePlace: 'join-private-place',
  agreement: 'join-agreement',
};

export type JoinFormState = {
  form: JoinForm;
  fields: JoinField[];
  /** Open fields, shown only once Join was pressed without them. */
  missing: JoinField[];
  change(part: Partial<JoinForm>): void;
  /** Joins, or moves the focus to the first field that is open. */
  submit(): void;
};

/** The join page's form. It lives above the steps of a phone, so that going back loses nothing. */
export function useJoinForm(
  invitation: Invitation,
  onJoin: (choice: { name: string | null; ticks: Ticks }) => void,
): JoinFormState {
  const [form, setForm] = useState(emptyForm);
  const [pressed, setPressed] = useState(false);
  const fields = fieldsFor(invitation);
  const open = missingOf(form, fields);
  return {
    form,
    fields,
    missing: pressed ? open : [],
    change: (part) => setForm((before) => ({ ...before, ...part })),
    submit: () => {
      const first = open[0];
      setPressed(true);
      if (first === undefined) onJoin(choiceOf(form, invitation));
      else document.getElementById(inputIds[first])?.focus();
    },
  };
}
