import { at } from '../lib/at.ts';
import { OSTEP_PAGE_BYTES, type OstepDump } from '../formats/ostep-dump.ts';

/** Why an address does not translate there: the level whose entry is not valid, in the words of OSTEP's own answers. */
export type OstepFault = 'page directory entry not valid' | 'page table entry not valid';

/** An entry there is a byte: bit 7 valid, bits 6:0 the page frame number. */
export interface OstepEntry {
  /** Where its table stands: a page number. */
  readonly page: number;
  /** 0 to 31. */
  readonly index: number;
  readonly byte: number;
  readonly valid: boolean;
  /** 0 to 127. */
  readonly pfn: number;
}

/** What one address comes to; numbers as they are, no text. */
export type OstepAnswer =
  | { readonly va: number; readonly pa: number; readonly value: number }
  | { readonly va: number; readonly fault: OstepFault };

/** The entries that were read on the way, and the answer. */
export interface OstepWalk {
  readonly pde: OstepEntry;
  /** null where the directory's entry is not valid. */
  readonly pte: OstepEntry | null;
  readonly answer: OstepAnswer;
}

function entryAt(memory: Uint8Array, page: number, index: number): OstepEntry {
  const byte = at(memory, page * OSTEP_PAGE_BYTES + index);
  return { page, index, byte, valid: byte >= 0x80, pfn: byte & 0x7f };
}

/** Translates a 15-bit address: 5 bits of directory index, 5 of table index, 5 of offset (OSTEP, chapter 20, homework). */
export function walkOstep({ memory, pdbr }: OstepDump, va: number): OstepWalk {
  const pde = entryAt(memory, pdbr, va >> 10);
  if (!pde.valid) return { pde, pte: null, answer: { va, fault: 'page directory entry not valid' } };
  const pte = entryAt(memory, pde.pfn, (va >> 5) & 31);
  if (!pte.valid) return { pde, pte, answer: { va, fault: 'page table entry not valid' } };
  const pa = pte.pfn * OSTEP_PAGE_BYTES + (va & 31);
  return { pde, pte, answer: { va, pa, value: at(memory, pa) } };
}

/** Every address of a dump, in its order. */
export function solveOstep(dump: OstepDump): readonly OstepAnswer[] {
  return dump.addresses.map((va) => walkOstep(dump, va).answer);
}
