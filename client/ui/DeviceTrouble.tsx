import type { Trouble } from './deviceHelp.ts';

/** How to mend a camera or microphone that does not work, step by step. */
export function DeviceTrouble({ trouble }: { trouble: Trouble }) {
  return (
    <ol className="mend">
      {trouble.steps.map((step, index) => (
        <li key={step}>
          <b aria-hidden="true">{index + 1}</b>
          <p>{step}</p>
        </li>
      ))}
    </ol>
  );
}
