import type { MachineZone } from '../../../reports/machine/machine.ts';

/** Of which kind of memory each zone's pageblocks are; nothing where the file does not say. */
export function PageblockTypes({ zones }: { readonly zones: readonly MachineZone[] }) {
  const told = zones.filter(({ blocks }) => Object.keys(blocks).length > 0);
  const types = [...new Set(told.flatMap(({ blocks }) => Object.keys(blocks)))];
  if (told.length === 0) return null;
  return (
    <>
      <h4>Pageblocks by migrate type</h4>
      <p>
        The kernel keeps what cannot move together in pageblocks of their own. Page tables are allocated as
        unmovable; how many of the frames in these blocks are tables shows on the map.
      </p>
      <div className="report-table" role="region" aria-label="Pageblocks by migrate type" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">Zone</th>
              {types.map((type) => (
                <th key={type} scope="col">
                  {type}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {told.map(({ node, name, blocks }) => (
              <tr key={`${String(node)} ${name}`}>
                <th scope="row">
                  node {node}, {name}
                </th>
                {types.map((type) => (
                  <td key={type} className="figure">
                    {blocks[type]?.toLocaleString('en') ?? '–'}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
