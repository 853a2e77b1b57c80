import { useState } from 'react';

import type { Invitation } from '#shared/api.ts';

import { Check } from '../ui/Check.tsx';
import { Icon } from '../ui/Icon.tsx';

import { AgreementDialog } from './AgreementDialog.tsx';
import { missingWords } from './joinForm.ts';
import { inputIds, type JoinFormState } from './useJoinForm.ts';

/** What a family or a guest fills in; staff have no fields, only a word on what happens next. */
export function JoinFields({ invitation, state }: { invitation: Invitation; state: JoinFormState }) {
  const { form, fields, missing, change } = state;
  const [reading, setReading] = useState(false);
  const { agreement } = invitation.session;
  const wordFor = (field: (typeof fields)[number]) => (missing.includes(field) ? missingWords[field] : null);
  if (fields.length === 0) return <StaffWords tasterLink={invitation.tasterLink} />;
  return (
    <>
      {fields.includes('name') && <NameField state={state} missing={wordFor('name')} />}
      {invitation.kind === 'taster' && (
        <p className="note lamp">
          <Icon name="info" />
          <span>
            You can keep your camera off the whole time and just listen. Nobody will call on you, and nothing is signed.
          </span>
        </p>
      )}
      <fieldset className="join-ticks">
        <legend>For everyone’s privacy</legend>
        <Check
          id={inputIds.privatePlace}
          label="I have somewhere private to talk"
          checked={form.privatePlace}
          missing={wordFor('privatePlace')}
          onChange={(privatePlace) => change({ privatePlace })}
        />
        {fields.includes('agreement') ? (
          <Check
            id={inputIds.agreement}
            label="What I hear in this group stays here"
            checked={form.agreement}
            missing={wordFor('agreement')}
            onChange={(ticked) => change({ agreement: ticked })}
          >
            <ReadButton onPress={() => setReading(true)} />
            <span className="meta muted">
              {invitation.kind === 'taster' ? 'One page, two minutes' : 'Asked once for the whole course'}
            </span>
          </Check>
        ) : (
          <p className="agreed small soft">
            <Icon name="check" size="s" />
            <span>
              You have agreed that what you hear stays here. <ReadButton onPress={() => setReading(true)} />
            </span>
          </p>
        )}
      </fieldset>
      {reading && <AgreementDialog version={agreement.version} onClose={() => setReading(false)} />}
    </>
  );
}

function ReadButton({ onPress }: { onPress(): void }) {
  return (
    <button type="button" className="lnk small" onClick={onPress}>
      Read the agreement
    </button>
  );
}

function NameField({ state, missing }: { state: JoinFormState; missing: string | null }) {
  return (
    <div className="field">
      <label htmlFor={inputIds.name}>What should we call you?</label>
      <input
        id={inputIds.name}
        value={state.form.name}
        // oxlint-disable-next-line jsx-a11y/autocomplete-valid -- HTML knows given-name, the rule does not
        autoComplete="given-name"
        maxLength={40}
        aria-invalid={missing !== null}
        aria-describedby={missing === null ? 'first-name-hint' : 'first-name-missing first-name-hint'}
        onChange={(event) => state.change({ name: event.currentTarget.value })}
      />
      {missing !== null && (
        <p className="missing" id="first-name-missing">
          <Icon name="alert" size="s" />
          {missing}
        </p>
      )}
      <p className="hint" id="first-name-hint">
        A first name is enough. The group sees only this.
      </p>
    </div>
  );
}

function StaffWords({ tasterLink }: { tasterLink: string | null }) {
  return (
    <div className="staff-words">
      <h2>You’re part of the team</h2>
      <p className="soft">
        Check your camera and sound, then come in. Families wait at the door until you let them in, so nobody surprises
        you.
      </p>
      {tasterLink !== null && (
        <p className="small">
          Here for the taster? <a href={tasterLink}>Lead the taster session</a>
        </p>
      )}
    </div>
  );
}
