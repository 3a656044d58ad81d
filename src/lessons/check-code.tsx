import { useState } from 'react';
import { checkPassCode, type Checked } from './pass-code.ts';

/** For teachers: a pass code is read, and its schedule is run again, here and without a server. */
export function CheckCode() {
  const [text, setText] = useState('');
  const checked = text.trim() === '' ? null : checkPassCode(text);
  return (
    <div className="learn-check">
      <label className="lesson-field">
        Pass code of a learner
        <textarea className="field" rows={4} value={text} onChange={(event) => setText(event.target.value)} />
      </label>
      <div role="status">{checked === null ? <p>Paste a code above.</p> : <Result checked={checked} />}</div>
      <p className="learn-small">
        What this shows: that the schedule in the code breaks the property, since it is run again here, and
        that the code was not changed by hand. What it cannot show: who found the schedule. A learner can pass
        one on, and who reads this page’s source can make a code with another name.
      </p>
    </div>
  );
}

function Result({ checked }: { readonly checked: Checked }) {
  if (!checked.passed)
    return (
      <p className="lesson-verdict">
        <strong>✗ It does not pass.</strong> {checked.why}
      </p>
    );
  const { challenge, name, steps } = checked.pass;
  return (
    <p className="lesson-verdict is-right">
      <strong>✓ It passes.</strong> {name} won “{challenge.title}” with {steps} steps.
    </p>
  );
}
