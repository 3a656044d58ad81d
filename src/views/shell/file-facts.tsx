import type { ReactNode } from 'react';
import type { FileSummary } from '../../worker/file-summary.ts';
import { agreement } from './file-words.ts';

const count = (value: number): string => value.toLocaleString('en');

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** The figures of a file, beside the kernel's own. */
export function FileFacts({ file }: { readonly file: FileSummary }) {
  const { geometry, tables, presentPages, hugePages, derivedKb, vmPteKb, nodes, missing } = file;
  return (
    <dl className="facts">
      <Fact name="Geometry">{geometry}</Fact>
      <Fact name="Tables">{tables.map(({ level, count: n }) => `${count(n)} ${level}`).join(', ')}</Fact>
      <Fact name="Pages">
        {count(presentPages)} present; {count(hugePages)} huge pages among them
      </Fact>
      <Fact name="Memory of tables">
        {count(derivedKb)} KiB derived
        {vmPteKb === null ? '. ' : `, ${count(vmPteKb)} KiB by the kernel (VmPTE). `}
        {agreement(file)}
      </Fact>
      <Fact name="Nodes">
        <ul>
          {nodes.map(({ id, tables: n, pages, made }) => (
            <li key={id}>
              node {id}: {count(n)} tables, {count(pages)} pages
              {made && ' (made up: this machine has one node)'}
            </li>
          ))}
        </ul>
      </Fact>
      {missing.length > 0 && (
        <Fact name="Not in the file">
          <ul>
            {missing.map((fact) => (
              <li key={fact}>{fact}</li>
            ))}
          </ul>
        </Fact>
      )}
    </dl>
  );
}
