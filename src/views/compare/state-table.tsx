import { useMemo } from 'react';
import type { Scene } from '../../machine/decode.ts';
import { stateDifferences } from './differences.ts';

/** What of the shared state is not the same on both sides now. */
export function StateTable({ left, right }: { readonly left: Scene; readonly right: Scene }) {
  const { listed, count } = useMemo(() => stateDifferences(left, right), [left, right]);
  if (count === 0) return <p>All that both states share is the same at this moment.</p>;
  return (
    <table className="compare-state">
      <caption>
        {count === 1 ? 'One thing differs' : `${String(count)} things differ`} in the state now
        {count > listed.length && `, the first ${String(listed.length)} are listed`}
      </caption>
      <thead>
        <tr>
          <th scope="col">What</th>
          <th scope="col">Left</th>
          <th scope="col">Right</th>
        </tr>
      </thead>
      <tbody>
        {listed.map((difference) => (
          <tr key={difference.what}>
            <th scope="row">{difference.what}</th>
            <td>{difference.left}</td>
            <td>{difference.right}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
