import { useId, useState } from 'react';
import { CHOICES } from '../../designs/choices.ts';
import { VERSIONS, versionOf } from '../../designs/versions.ts';
import type { Design } from '../../kernel/design.ts';
import type { AuditRow } from '../../reports/audit.ts';
import { type AuditCube, changedRows, rowsAt } from '../../reports/audit-cube.ts';
import { quickestFirst, searchWhatIf, stopWhatIf, useWhatIf } from '../../store/what-if.ts';
import { Button } from '../controls/button.tsx';
import { OpenRow } from './audit-detail.tsx';
import { titleOf } from './words.ts';

/** Changes one choice of a version, searches every scenario again, and shows which verdicts change. */
export function WhatIfPanel({ cube }: { readonly cube: AuditCube }) {
  const [version, setVersion] = useState('2008-05-09');
  const [choice, setChoice] = useState('order');
  const [value, setValue] = useState('invalidate-first');
  const { status } = useWhatIf();
  const own: Readonly<Record<string, string>> = { ...versionOf(version)?.design };
  const values: Readonly<Record<string, string>> = CHOICES[choice as keyof Design].values;
  const takeChoice = (name: string): void => {
    setChoice(name);
    const other = Object.keys(CHOICES[name as keyof Design].values).find((id) => id !== own[name]);
    setValue(other ?? '');
  };
  const isSame = own[choice] === value;
  const start = (): void => {
    const scenarios = quickestFirst(cube, version);
    void searchWhatIf({ version, overrides: { [choice]: value }, scenarios });
  };
  return (
    <section className="what-if" aria-labelledby="what-if-title">
      <h3 id="what-if-title">What if?</h3>
      <p>Change one choice of a version, and see which verdicts change.</p>
      <div className="what-if-form">
        <Field
          label="Version"
          value={version}
          set={setVersion}
          options={VERSIONS.map(({ id }) => [id, id])}
        />
        <Field
          label="Choice"
          value={choice}
          set={takeChoice}
          options={Object.keys(CHOICES).map((id) => [id, id])}
        />
        <Field label="Value" value={value} set={setValue} options={Object.entries(values)} />
        {status === 'searching' ? (
          <Button onClick={stopWhatIf}>Stop</Button>
        ) : (
          <Button look="primary" unavailable={isSame} onClick={start}>
            Search
          </Button>
        )}
      </div>
      {isSame && <p>{`${version} has ${choice} = ${value} already: choose another value.`}</p>}
      <WhatIfResult cube={cube} />
    </section>
  );
}

interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly set: (value: string) => void;
  readonly options: readonly (readonly [value: string, words: string])[];
}

function Field({ label, value, set, options }: FieldProps) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id}>{label}</label>
      <select id={id} className="field" value={value} onChange={({ target }) => set(target.value)}>
        {options.map(([option, words]) => (
          <option key={option} value={option}>
            {option === words ? option : `${option}: ${words}`}
          </option>
        ))}
      </select>
    </div>
  );
}

function WhatIfResult({ cube }: { readonly cube: AuditCube }) {
  const { status, asked, rows, done, reason } = useWhatIf();
  if (asked === null) return null;
  const changed = changedRows(rowsAt(cube, { version: asked.version }), rows);
  const total = asked.scenarios.length;
  const open = rows.filter(({ exhaustive, property }) => !exhaustive && property === 'reached').length;
  return (
    <>
      <p role="status">
        {status === 'failed' && `The search stopped working: ${reason}. What was found stays; try again. `}
        {`${String(done)} of ${String(total)} scenarios searched${status === 'searching' ? ' …' : '.'} `}
        {`${String(changed.length)} verdicts are not those of ${asked.version}. `}
        {open > 0 && `${String(open)} scenarios hit the bounds: progress was not judged there. `}
      </p>
      <progress className="what-if-progress" aria-label="Scenarios searched" max={total} value={done} />
      {changed.length > 0 && (
        <table className="what-if-changes">
          <thead>
            <tr>
              <th scope="col">Scenario</th>
              <th scope="col">Property</th>
              <th scope="col">Was</th>
              <th scope="col">Is now</th>
              <th scope="col">Counterexample</th>
            </tr>
          </thead>
          <tbody>
            {changed.map(({ was, is }) => (
              <Change key={`${is.scenario} ${is.property}`} was={was} is={is} overrides={asked.overrides} />
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

interface ChangeProps {
  readonly was: AuditRow;
  readonly is: AuditRow;
  readonly overrides: Partial<Design>;
}

function Change({ was, is, overrides }: ChangeProps) {
  const { version, scenario, property, steps } = is;
  return (
    <tr>
      <th scope="row">{scenario}</th>
      <td>{titleOf('property', property)}</td>
      <td data-verdict={was.verdict}>{was.verdict}</td>
      <td data-verdict={is.verdict}>
        {is.verdict}
        {!is.exhaustive && ' (bounds hit)'}
      </td>
      <td>
        {steps !== undefined && <OpenRow row={is} steps={steps} subject={{ version, scenario, overrides }} />}
      </td>
    </tr>
  );
}
