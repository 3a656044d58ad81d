import type { FileSummary } from '../../worker/file-summary.ts';

const TABLE_KB = 4;

const tablesInWords = (count: number): string => (count === 1 ? 'one table' : `${String(count)} tables`);

/** Whether the tables derived from the file agree with the kernel's own count, in a sentence. */
export function agreement({ derivedKb, vmPteKb }: Pick<FileSummary, 'derivedKb' | 'vmPteKb'>): string {
  if (vmPteKb === null) return 'The file does not say what the kernel counted (VmPTE).';
  const more = vmPteKb - derivedKb;
  if (more === 0) return 'They agree.';
  const count = Math.abs(more) / TABLE_KB;
  return more > 0
    ? `The kernel counts ${tablesInWords(count)} more: it may keep a few that were emptied.`
    : `The kernel counts ${tablesInWords(count)} less: the process may have changed meanwhile, or some huge pages keep no spare table.`;
}

/** The nodes to propose: from the one with most tables to the next one, else to the first other. */
export function proposedNodes(nodes: FileSummary['nodes']): { readonly from: number; readonly to: number } {
  const byTables = [...nodes].sort((a, b) => b.tables - a.tables || a.id - b.id);
  const from = byTables[0]?.id ?? 0;
  const to = nodes.find(({ id }) => id !== from)?.id ?? from;
  return { from, to };
}
