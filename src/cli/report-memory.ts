import { defrag, type DefragReport, type DefragRun } from '../reports/memory/defrag.ts';
import { hotremove, type HotremoveReport, type Removal } from '../reports/memory/hotremove.ts';
import { MEMORY_LIMITS } from '../reports/memory/assumptions.ts';
import { REMOVAL_WORDS } from '../reports/memory/charts.ts';
import {
  DEFRAG_WORLD,
  HOTREMOVE_WORLD,
  type WorldPlan,
  SMALL_DEFRAG_WORLD,
  SMALL_HOTREMOVE_WORLD,
} from '../reports/memory/worlds.ts';
import { type ReportCommand, textTable } from './report-command.ts';
import { UsageError } from './say.ts';
import { readOptions, single, wholeNumber } from './usage.ts';

const notes = (limits: readonly string[]): string => limits.map((limit) => `- ${limit}\n`).join('');

/** All but the recording, which is for the page. */
function plain<T extends { readonly recording: unknown }>({
  recording: _,
  ...rest
}: T): Omit<T, 'recording'> {
  return rest;
}

export const defragCommand: ReportCommand = {
  about: 'A huge page after a life of allocations: compaction without, and with, tables that can move.',
  usage: '[--json] [--seed N] [--small] [--whole]',
  run(argv) {
    const options = readOptions(argv, { values: ['seed'], flags: ['json', 'small', 'whole'] });
    const seed = wholeNumber(single(options, 'seed', '1'), 'seed');
    const plan = options.flags.has('small') ? SMALL_DEFRAG_WORLD : DEFRAG_WORLD;
    const report = defrag({ seed, plan, until: options.flags.has('whole') ? 'scanners-meet' : 'huge-page' });
    const { pinned, relocatable, ...rest } = report;
    const json = { ...rest, pinned: plain(pinned), relocatable: plain(relocatable) };
    const text = options.flags.has('json') ? `${JSON.stringify(json)}\n` : defragText(report);
    return { text, exitCode: 0 };
  },
};

function defragText(report: DefragReport): string {
  const { pinned, relocatable, hugeOrder, blocks, kinds, frames } = report;
  const orders = pinned.before.map((_, order) => [
    String(order),
    String(pinned.before[order]),
    String(pinned.after[order]),
    String(relocatable.after[order]),
  ]);
  const share = ((kinds['free'] ?? 0) * 100) / frames;
  return [
    `${String(frames)} frames after a life of allocations, ${share.toFixed(0)}% of them free; ${String(blocks.withTables)} of ${String(blocks.all)} pageblocks hold a page table, ${String(blocks.withKernel)} kernel memory.`,
    `A huge page (order ${String(hugeOrder)}) without compaction: ${report.atOnce ? 'there is one' : 'there is none'}.`,
    `Compaction, tables stay: ${runText(pinned)}`,
    `Compaction, tables move: ${runText(relocatable)}`,
    '',
    textTable(['order', 'free before', 'tables stay', 'tables move'], orders),
    notes(MEMORY_LIMITS),
  ].join('\n');
}

function runText({ counts, hugeFrame }: DefragRun): string {
  const moved = `${String(counts.pagesMoved)} pages and ${String(counts.tablesMoved)} tables moved, ${String(counts.flushes)} flushes`;
  return `${moved}; ${hugeFrame === null ? 'no block is large enough' : `mapped at frame ${String(hugeFrame)}`}.`;
}

export const hotremoveCommand: ReportCommand = {
  about: 'A node, or a range of frames, taken out of a running machine; who keeps it, frame by frame.',
  usage: '[--json] [--seed N] [--small] [--range FIRST-LAST]',
  run(argv) {
    const options = readOptions(argv, { values: ['seed', 'range'], flags: ['json', 'small'] });
    const seed = wholeNumber(single(options, 'seed', '1'), 'seed');
    const plan = options.flags.has('small') ? SMALL_HOTREMOVE_WORLD : HOTREMOVE_WORLD;
    const asked = options.values.has('range') ? single(options, 'range', null) : null;
    const report = hotremove({ seed, plan, range: asked === null ? null : readRange(asked, plan) });
    const json = { ...report, removals: report.removals.map(plain) };
    const text = options.flags.has('json') ? `${JSON.stringify(json)}\n` : hotremoveText(report);
    return { text, exitCode: 0 };
  },
};

/** `FIRST-LAST`, whole pageblocks of one node. Throws UsageError. */
function readRange(text: string, { size }: WorldPlan): { start: number; end: number } {
  const [, first = '', last = ''] = /^(\d+)-(\d+)$/.exec(text) ?? [];
  const [start, end] = [Number(first), Number(last) + 1];
  const block = 2 ** size.blockOrder;
  const isWhole = first !== '' && start % block === 0 && end % block === 0 && start < end;
  const isInside = end <= size.nodes * size.frames;
  if (isWhole && isInside && Math.floor(start / size.frames) === Math.floor((end - 1) / size.frames))
    return { start, end };
  throw new UsageError(
    `--range takes the first and the last frame of whole pageblocks (${String(block)} frames) within one node of ${String(size.frames)}, such as ${String(size.frames)}-${String(size.frames + block - 1)}; not "${text}".`,
  );
}

function hotremoveText({ range, removals, smallWorld }: HotremoveReport): string {
  const { runs, threadSteps, tables, tablesLeft, violations, scenario, version } = smallWorld;
  return [
    `Frames ${String(range.start)} to ${String(range.end - 1)} are to go, while threads write and fault.`,
    ...removals.map(removalText),
    `\nThe same step by step, ${String(runs)} runs of ${scenario} with ${version}: ${String(threadSteps)} steps of a thread fell into the relocation, ${String(tablesLeft)} of ${String(tables)} tables were left, ${violations.length === 0 ? 'no property failed' : `failed: ${violations.join(', ')}`}.\n`,
    notes(MEMORY_LIMITS),
  ].join('\n');
}

const SHOWN = 5;

function removalText({ id, removed, counts, threads, refusals }: Removal): string {
  const moved = `${String(counts.pagesMoved)} pages and ${String(counts.tablesMoved)} tables left, ${String(threads.writes)} writes and ${String(threads.faults)} faults meanwhile`;
  const lines = refusals.slice(0, SHOWN).map(({ frame, why }) => `  frame ${String(frame)}: ${why}`);
  const more = refusals.length > SHOWN ? [`  and ${String(refusals.length - SHOWN)} more`] : [];
  const end = removed ? 'offline' : `refused, ${String(refusals.length)} frames stay:`;
  return [`\n${REMOVAL_WORDS[id]}: ${moved}; ${end}`, ...lines, ...more].join('\n');
}
