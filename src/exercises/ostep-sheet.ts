import { at } from '../lib/at.ts';
import { createRng, type Rng } from '../lib/rng.ts';
import { OSTEP_PAGE_BYTES, OSTEP_PAGES, type OstepDump } from '../formats/ostep-dump.ts';
import { type Exercise, EXERCISE_TITLES, type Question } from './exercise.ts';
import { type OstepEntry, walkOstep } from './ostep.ts';

const QUESTIONS = 10;
/** Page-table entries of the process, before the addresses are drawn. */
const MAPPED = 64;
const hex = (value: number, digits: number): string => `0x${value.toString(16).padStart(digits, '0')}`;

/** Takes a page that nothing of the sheet uses. */
function freshPage(rng: Rng, free: number[]): number {
  const [page] = free.splice(rng.next(free.length), 1);
  if (page === undefined) throw new Error('no page is left');
  return page;
}

/** Memory with one process in it: bytes of data below 0x20, entries that are not valid 0x7f, as OSTEP's own program has them. */
function drawDump(rng: Rng): OstepDump {
  const memory = new Uint8Array(OSTEP_PAGES * OSTEP_PAGE_BYTES);
  for (let i = 0; i < memory.length; i++) memory[i] = rng.next(0x20);
  const free = Array.from({ length: OSTEP_PAGES }, (_, page) => page);
  const blank = (page: number): void => {
    memory.fill(0x7f, page * OSTEP_PAGE_BYTES, (page + 1) * OSTEP_PAGE_BYTES);
  };
  const pdbr = freshPage(rng, free);
  blank(pdbr);
  const mapped: number[] = [];
  for (let i = 0; i < MAPPED && free.length > 2; i++) {
    const va = rng.next(1 << 15);
    const pde = pdbr * OSTEP_PAGE_BYTES + (va >> 10);
    if (at(memory, pde) < 0x80) {
      memory[pde] = 0x80 | freshPage(rng, free);
      blank(at(memory, pde) & 0x7f);
    }
    const pte = (at(memory, pde) & 0x7f) * OSTEP_PAGE_BYTES + ((va >> 5) & 31);
    if (at(memory, pte) < 0x80) memory[pte] = 0x80 | freshPage(rng, free);
    mapped.push(va);
  }
  return { memory, pdbr, addresses: drawAddresses(rng, mapped) };
}

/** Half of them mapped for certain, the others anywhere. */
function drawAddresses(rng: Rng, mapped: readonly number[]): readonly number[] {
  return Array.from({ length: QUESTIONS }, () =>
    rng.next(2) === 0 ? at(mapped, rng.next(mapped.length)) : rng.next(1 << 15),
  );
}

function entryText(name: string, { page, index, byte, valid, pfn }: OstepEntry): string {
  const meaning = valid ? `valid, page ${String(pfn)}` : 'not valid';
  return `${name}: byte ${String(index)} of page ${String(page)} is ${hex(byte, 2)}: ${meaning}`;
}

function question(dump: OstepDump, va: number): Question {
  const { pde, pte, answer } = walkOstep(dump, va);
  const why = [entryText('directory', pde), ...(pte === null ? [] : [entryText('table', pte)])];
  const text =
    'fault' in answer ? `fault: ${answer.fault}` : `${hex(answer.pa, 3)}, value ${hex(answer.value, 2)}`;
  return { ask: `Virtual address ${hex(va, 4)}`, answer: text, why, options: [] };
}

/** The dump as OSTEP's program prints it. */
export function ostepDumpText({ memory, pdbr, addresses }: OstepDump): string {
  const lines = [...pageLines(memory), '', `PDBR: ${String(pdbr)}  (decimal)`, ''];
  return [
    ...lines,
    ...addresses.map((va) => `Virtual Address ${va.toString(16).padStart(4, '0')}:`),
    '',
  ].join('\n');
}

function pageLines(memory: Uint8Array): readonly string[] {
  return Array.from({ length: OSTEP_PAGES }, (_, page) => {
    const bytes = [...memory.subarray(page * OSTEP_PAGE_BYTES, (page + 1) * OSTEP_PAGE_BYTES)];
    return `page ${String(page).padStart(3)}:${bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
  });
}

/** The machine's state that a seed stands for. */
export function ostepSheetDump(seed: number): OstepDump {
  return drawDump(createRng(seed));
}

/** A sheet in the manner of OSTEP's homework: all of memory, where the directory is, ten addresses. */
export function ostepExercise(seed: number): Exercise {
  const dump = ostepSheetDump(seed);
  return {
    kind: 'ostep',
    seed,
    title: EXERCISE_TITLES.ostep,
    task: `The page directory is page ${String(dump.pdbr)} (decimal). An address has 5 bits of directory index, 5 of table index, 5 of offset; an entry is a byte: bit 7 valid, bits 6 to 0 the page. Give the physical address and the byte that is fetched there in hex (“0x6bc, value 0x08”), or “fault: page directory entry not valid” or “fault: page table entry not valid”.`,
    given: [{ title: 'Memory', lines: pageLines(dump.memory) }],
    questions: dump.addresses.map((va) => question(dump, va)),
  };
}
