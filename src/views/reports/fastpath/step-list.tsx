import { useState } from 'react';
import type { ChargedStep } from '../../../reports/fastpath/charge.ts';
import type { VersionCost } from '../../../reports/fastpath/version-cost.ts';
import { SelectField } from '../select-field.tsx';

/** The fault of one version, operation by operation, as its program carries it out. */
export function StepList({ versions }: { readonly versions: readonly VersionCost[] }) {
  const [chosen, choose] = useState('2008-03-19');
  const shown = versions.find(({ version }) => version === chosen) ?? versions[0];
  if (shown === undefined) return null;
  return (
    <section className="fastpath-steps" aria-labelledby="fastpath-steps">
      <h4 id="fastpath-steps">The fault, operation by operation</h4>
      <SelectField
        label="Version"
        value={shown.version}
        options={versions.map(({ version, title }) => ({ value: version, text: `${version}: ${title}` }))}
        choose={choose}
      />
      <div className="report-table" role="region" aria-label="Operations of the fault" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">Step</th>
              <th scope="col">Operation</th>
              <th scope="col">Cache line</th>
              <th scope="col">Branches after it</th>
              <th scope="col">Only for relocation</th>
            </tr>
          </thead>
          <tbody>{shown.steps.map(stepRow)}</tbody>
        </table>
      </div>
    </section>
  );
}

function stepRow({ label, operation, line, shared, branches, forRelocation }: ChargedStep, index: number) {
  return (
    <tr key={index} className={forRelocation ? 'step-for-relocation' : undefined}>
      <th scope="row">{label}</th>
      <td>{operation}</td>
      <td>
        {line}
        {shared ? ', shared' : ''}
      </td>
      <td className="figure">{branches}</td>
      <td>{forRelocation ? 'yes' : ''}</td>
    </tr>
  );
}
