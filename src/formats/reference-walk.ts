import type { GuestFile } from './sample-guest.ts';
import type { TranslationRun } from './translate.ts';

/**
 * A second walker, slow and plain, written from the SDM alone (vol. 3, 4.3 to 4.5) and sharing no code with the first:
 * tests hold the two to the same answers. It sees the guest as memory: one word at each physical address.
 */
interface Memory {
  readonly words: ReadonlyMap<bigint, bigint>;
  readonly wordBytes: bigint;
}

interface Page {
  readonly va: bigint;
  readonly pa: bigint;
  readonly bits: bigint;
  readonly shift: bigint;
}

function memoryOf(file: GuestFile): Memory {
  const words = new Map<bigint, bigint>();
  const wordBytes = BigInt(file.entrySize);
  for (const [pa, { entries }] of Object.entries(file.userTables)) {
    for (const [index, raw] of Object.entries(entries))
      words.set(BigInt(pa) + BigInt(index) * wordBytes, BigInt(raw));
  }
  return { words, wordBytes };
}

function read({ words, wordBytes }: Memory, base: bigint, index: bigint): bigint {
  return words.get(base + index * wordBytes) ?? 0n;
}

const frame = 0x000f_ffff_ffff_f000n;

/** 32-bit paging with CR4.PSE: 1024 directory entries, 1024 pages each. */
function walk32(memory: Memory, cr3: bigint): Page[] {
  const found: Page[] = [];
  for (let d = 0n; d < 1024n; d++) {
    const pde = read(memory, cr3 & 0xffff_f000n, d);
    if ((pde & 1n) === 0n) continue;
    if ((pde & 0x80n) !== 0n) {
      const pa = (pde & 0xffc0_0000n) + ((pde & 0x1f_e000n) << 19n);
      found.push({ va: d << 22n, pa, bits: pde, shift: 22n });
      continue;
    }
    for (let t = 0n; t < 1024n; t++) {
      const pte = read(memory, pde & 0xffff_f000n, t);
      if ((pte & 1n) !== 0n)
        found.push({ va: (d << 22n) + (t << 12n), pa: pte & 0xffff_f000n, bits: pte & ~0x80n, shift: 12n });
    }
  }
  return found;
}

/** Levels of 512 entries from `base` down; `shift` is the lowest address bit of this level's index. */
function walk512(
  memory: Memory,
  base: bigint,
  { va, shift }: { readonly va: bigint; readonly shift: bigint },
): Page[] {
  const found: Page[] = [];
  for (let i = 0n; i < 512n; i++) {
    const entry = read(memory, base, i);
    if ((entry & 1n) === 0n) continue;
    const at = va + (i << shift);
    const large = (shift === 21n || shift === 30n) && (entry & 0x80n) !== 0n;
    if (shift === 12n) found.push({ va: at, pa: entry & frame, bits: entry & ~0x80n, shift });
    else if (large) found.push({ va: at, pa: entry & frame & ~((1n << shift) - 1n), bits: entry, shift });
    else found.push(...walk512(memory, entry & frame, { va: at, shift: shift - 9n }));
  }
  return found;
}

/** PAE: four pointers at CR3, a multiple of 32. */
function walkPae(memory: Memory, cr3: bigint): Page[] {
  return [0n, 1n, 2n, 3n].flatMap((i) => {
    const pointer = read(memory, cr3 & 0xffff_ffe0n, i);
    return (pointer & 1n) === 0n ? [] : walk512(memory, pointer & frame, { va: i << 30n, shift: 21n });
  });
}

function walk(file: GuestFile): Page[] {
  const memory = memoryOf(file);
  const cr3 = BigInt(file.regs['CR3'] ?? 0);
  if (file.levels.length === 2) return walk32(memory, cr3);
  if (file.levels.length === 3) return walkPae(memory, cr3);
  return walk512(memory, cr3 & frame, { va: 0n, shift: file.levels.length === 5 ? 48n : 39n });
}

function letters(bits: bigint): string {
  const order: readonly (readonly [string, bigint])[] = [
    ['X', 63n],
    ['G', 8n],
    ['P', 7n],
    ['D', 6n],
    ['A', 5n],
    ['C', 4n],
    ['T', 3n],
    ['U', 2n],
    ['W', 1n],
  ];
  return order.map(([letter, bit]) => ((bits >> bit) & 1n ? letter : '-')).join('');
}

function nodeOf(file: GuestFile, pa: bigint): number | undefined {
  return file.nodes.find(({ base, size }) => pa >= BigInt(base) && pa < BigInt(base) + BigInt(size))?.id;
}

/** What the guest's present leaves translate to, as its file's `translations` would say. */
export function referenceTranslations(file: GuestFile): TranslationRun[] {
  const runs: (TranslationRun & { n: number })[] = [];
  let end = { va: -1n, pa: -1n };
  for (const { va, pa, bits, shift } of walk(file)) {
    const last = runs.at(-1);
    const flags = letters(bits);
    if (last?.flags === flags && last.pageShift === Number(shift) && end.va === va && end.pa === pa) {
      last.n++;
    } else {
      const node = nodeOf(file, pa);
      const run = {
        va: `0x${va.toString(16)}`,
        pa: `0x${pa.toString(16)}`,
        pageShift: Number(shift),
        n: 1,
        flags,
      };
      runs.push(node === undefined ? run : { ...run, node });
    }
    end = { va: va + (1n << shift), pa: pa + (1n << shift) };
  }
  return runs;
}
