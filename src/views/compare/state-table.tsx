import { type Differences, SUBJECTS } from './differences.ts';

/** What of the shared state is not the same on both sides now. */
export function StateTable({ differences: { listed, count } }: { readonly differences: Differences }) {
  if (count === 0) return <p>All that both states share is the same at this moment.</p>;
  return (
    <table className="compare-state">
      <caption>
        {count === 1 ? 'One thing differs' : `${String(count)} things differ`} in the state now
        {count > listed.length && `, ${String(listed.length)} of them are listed`}
      </caption>
      <thead>
        <tr>
          <th scope="col">What</th>
          <th scope="col">Left</th>
          <th scope="col">Right</th>
        </tr>
      </thead>
      {SUBJECTS.filter((subject) => listed.some(({ about }) => about === subject)).map((subject) => (
        <tbody key={subject}>
          <tr>
            <th scope="rowgroup" colSpan={3}>
              {subject}
            </th>
          </tr>
          {listed
            .filter(({ about }) => about === subject)
            .map(({ what, left, right }) => (
              <tr key={what}>
                <th scope="row">{what}</th>
                <td>{left}</td>
                <td>{right}</td>
              </tr>
            ))}
        </tbody>
      ))}
    </table>
  );
}
