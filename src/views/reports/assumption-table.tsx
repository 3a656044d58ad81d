import type { Assumption } from '../../reports/assumption.ts';

/** What a report stands on: each parameter, and whether somebody published it or it is ours. */
export function AssumptionTable({ assumptions }: { readonly assumptions: readonly Assumption[] }) {
  return (
    <div className="report-table" role="region" aria-label="Parameters and where they come from" tabIndex={0}>
      <table className="assumptions">
        <thead>
          <tr>
            <th scope="col">Parameter</th>
            <th scope="col">Value</th>
            <th scope="col">From</th>
            <th scope="col">Source, or reason</th>
          </tr>
        </thead>
        <tbody>
          {assumptions.map(({ what, value, origin, source }) => (
            <tr key={what}>
              <th scope="row">{what}</th>
              <td className="figure">{value}</td>
              <td>{origin}</td>
              <td>{source}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
