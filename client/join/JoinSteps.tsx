import { useEffect, useEffectEvent, useRef, useState, type ReactNode } from 'react';

import { Button } from '../ui/Button.tsx';

type Step = 'welcome' | 'check' | 'fields';

const titles: Record<Step, string> = {
  welcome: 'Welcome',
  check: 'Camera and sound',
  fields: 'Before you come in',
};

const nextWords: Record<Step, string> = { welcome: 'Try camera and sound', check: 'Go on', fields: '' };

/** The join page on a phone: one idea per screen, with a way back. Staff, who fill in nothing, have two steps. */
export function JoinSteps(props: {
  hasFields: boolean;
  welcome: ReactNode;
  check: ReactNode;
  fields: ReactNode;
  button: ReactNode;
}) {
  const { hasFields, welcome, check, fields, button } = props;
  const steps: Step[] = hasFields ? ['welcome', 'check', 'fields'] : ['welcome', 'check'];
  const [at, setAt] = useState(0);
  const [moved, setMoved] = useState(false);
  const step = steps[at] ?? 'welcome';
  const last = at === steps.length - 1;

  const go = (to: number) => {
    setMoved(true);
    setAt(to);
  };

  return (
    <main className="join steps wrap">
      <div className="step-line">
        {at > 0 ? (
          <Button look="quiet" icon="back" onClick={() => go(at - 1)}>
            Back
          </Button>
        ) : (
          <span />
        )}
        <p className="meta muted">
          Step {at + 1} of {steps.length}
          <span className="step-dots" aria-hidden="true">
            {steps.map((one, index) => (
              <i key={one} className={index <= at ? 'on' : undefined} />
            ))}
          </span>
        </p>
      </div>
      <StepBody key={step} step={step} moved={moved}>
        {step === 'welcome' ? welcome : step === 'check' ? check : fields}
      </StepBody>
      <div className="step-action">
        {last ? (
          button
        ) : (
          <Button look="primary" size="big" wide onClick={() => go(at + 1)}>
            {nextWords[step]}
          </Button>
        )}
      </div>
    </main>
  );
}

/** Takes the focus when somebody came here by a button, so that it is read from its beginning. */
function StepBody({ step, moved, children }: { step: Step; moved: boolean; children: ReactNode }) {
  const body = useRef<HTMLDivElement>(null);
  const takeFocus = useEffectEvent(() => {
    if (!moved) return;
    window.scrollTo(0, 0);
    body.current?.focus({ preventScroll: true });
  });
  useEffect(() => takeFocus(), []);
  return (
    <div ref={body} tabIndex={-1} className="step" role="group" aria-label={titles[step]}>
      {step !== 'welcome' && <h1 className="voice">{titles[step]}</h1>}
      {children}
    </div>
  );
}
