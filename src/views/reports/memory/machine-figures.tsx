import { KIND_WORDS } from '../../../reports/machine/charts.ts';
import type { MachineReport } from '../../../reports/machine/report.ts';
import type { Kinds } from '../../../reports/machine/totals.ts';

const number = (value: number): string => value.toLocaleString('en');
const mib = (pages: number): string =>
  `${(pages / 256).toLocaleString('en', { maximumFractionDigits: 1 })} MiB`;
/** The kinds as keys, in the order in which they are shown. */
const KINDS: readonly (keyof Kinds)[] = [
  'pageTables',
  'slabUnreclaimable',
  'kernelStack',
  'percpu',
  'vmallocWithoutStacks',
  'kernelOther',
  'reserved',
  'slabReclaimable',
  'slab',
  'anonymous',
  'file',
  'hugetlb',
  'offline',
  'free',
  'unflagged',
  'unflaggedFree',
  'unflaggedBoot',
  'absent',
];

/** The answers, and the figures behind them. */
export function MachineFigures({ report }: { readonly report: MachineReport }) {
  return (
    <>
      <Answers report={report} />
      <div className="report-charts">
        <KindTable report={report} />
        <CheckTable report={report} />
      </div>
    </>
  );
}

function Answers({ report: { largest, kinds, tableBlocks } }: { readonly report: MachineReport }) {
  const { withTables, onlyTables, onlyTablesHigh } = tableBlocks;
  const only =
    onlyTables === onlyTablesHigh ? number(onlyTables) : `${number(onlyTables)} to ${number(onlyTablesHigh)}`;
  const second = largest.ranking.find(([kind]) => kind !== 'pageTables');
  return (
    <ul>
      <li>
        <strong>
          {largest.kind === 'pageTables' ? 'Page tables are' : 'Page tables are not'} the largest non-movable
          use of memory here
        </strong>
        : they take {mib(kinds.pageTables)}
        {second !== undefined && `; the largest other use is ${KIND_WORDS[second[0]]}, ${mib(second[1])}`}.
        {largest.inDoubt &&
          ` In doubt: at least ${mib(largest.unexplained[0])} are in use, and neither a flag nor a total says for what.`}
      </li>
      <li>
        <strong>If they could move</strong>: {number(withTables)} pageblocks hold page tables; in {only} of
        them nothing else stays. Only there moving tables wins a huge page that compaction alone cannot.
      </li>
    </ul>
  );
}

function KindTable({ report: { kinds, fromMeminfo } }: { readonly report: MachineReport }) {
  return (
    <div className="report-table" role="region" aria-label="Memory by use" tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">Use</th>
            <th scope="col">Pages</th>
            <th scope="col">Size</th>
            <th scope="col">From</th>
          </tr>
        </thead>
        <tbody>
          {KINDS.map((kind) => (
            <tr key={kind}>
              <th scope="row">{KIND_WORDS[kind]}</th>
              <td className="figure">{number(kinds[kind])}</td>
              <td className="figure">{mib(kinds[kind])}</td>
              <td>{fromMeminfo.includes(kind) ? '/proc/meminfo' : 'frames'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function CheckTable({ report: { checks } }: { readonly report: MachineReport }) {
  return (
    <div className="report-table" role="region" aria-label="Checked against the kernel" tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">Checked against the kernel, pages</th>
            <th scope="col">Ours</th>
            <th scope="col">Kernel’s</th>
            <th scope="col">Drift while reading</th>
          </tr>
        </thead>
        <tbody>
          {checks.map(({ what, ours, kernels, drift }) => (
            <tr key={what}>
              <th scope="row">{what}</th>
              <td className="figure">{number(ours)}</td>
              <td className="figure">{number(kernels)}</td>
              <td className="figure">{number(drift)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
