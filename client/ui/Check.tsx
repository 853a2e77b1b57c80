import { useId, type ReactNode } from 'react';

import { Icon } from './Icon.tsx';

/** A tick with its words. `missing` says what is asked for, once somebody pressed on without it; `children` sit below. */
export function Check(props: {
  label: string;
  checked: boolean;
  onChange(checked: boolean): void;
  missing?: string | null;
  children?: ReactNode;
  id?: string;
}) {
  const { label, checked, onChange, missing = null, children, id } = props;
  const wordId = useId();
  return (
    <div>
      <label className="check">
        <input
          id={id}
          type="checkbox"
          checked={checked}
          aria-invalid={missing !== null}
          aria-describedby={missing === null ? undefined : wordId}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
        <span>{label}</span>
      </label>
      {(children !== undefined || missing !== null) && (
        <div className="check-more">
          {missing !== null && (
            <p className="missing" id={wordId}>
              <Icon name="alert" size="s" />
              {missing}
            </p>
          )}
          {children}
        </div>
      )}
    </div>
  );
}
