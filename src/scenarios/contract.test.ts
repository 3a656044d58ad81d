import { describe, expect, it } from 'vitest';
import { readdirSync, readFileSync } from 'node:fs';
import { CHOICES } from '../designs/choices.ts';

/** File (without `.test.ts`) and words of a title in it. */
type Shown = readonly [file: string, words: string];

/** designs.md section 1: each program's lines, and the tests that step through them. kernel.md's rules have their table in kernel-rules. */
const LINES: Readonly<Record<string, readonly Shown[]>> = {
  'relocate_mm 1': [['kernel-steps', 'of a PTE table: enter, relocate_table, maybe_flush, freeing, leave']],
  'relocate_mm 2, 3': [
    ['kernel-relocate', '2, 3: top-down and in address order'],
    ['kernel-relocate', '2: goes on below a table that stays'],
    ['kernel-relocate', '2: what is empty is passed over'],
    ['kernel-relocate', '2: of a range of frames'],
  ],
  'relocate_mm 4': [
    ['kernel-choices', 'leave: at once; nothing is flushed'],
    ['kernel-choices', 'finish: flushed, waited for, freed'],
  ],
  'relocate_table 1, 2, 5 to 11': [['kernel-steps', 'of a PTE table: enter, relocate_table']],
  'relocate_table 3': [['kernel-relocate', '3: finds the parent entry empty']],
  'relocate_table 4': [['kernel-relocate', '4: pageSizeCheck=%s']],
  'relocate_table 7': [['kernel-choices', 'a link that a second relocation has overwritten']],
  relocate_top: [['kernel-steps', 'of the PGD: enter, relocate_top, maybe_reload, freeing, leave']],
  'maybe_reload 1 to 3': [
    ['kernel-choices', '%s, after the move of %s'],
    ['kernel-steps', '4a none: allocate, lock, delimbo, check, set, maybe_reload, unlock'],
  ],
  'delimbo_pte 1 to 3, 5': [['kernel-steps', '%s, rewalkLock=%s']],
  'delimbo_pte 4': [
    ['kernel-choices', 'its steps with %o'],
    ['kernel-steps', 'adBits=at-delimbo-and-free: a table without a link'],
  ],
  'delimbo_pmd, pud, pgd': [['kernel-relocate', 'under page_table_lock, while a relocation is marked']],
  delimbo_pte_nested: [
    ['kernel-choices', 'outer-held: only the inner ptl is given up'],
    ['kernel-programs', '3: within one PTE table the second ptl is neither taken nor released'],
  ],
  'fault 1 to 5': [
    ['kernel-steps', '4a none: allocate'],
    ['kernel-steps', '4b present, a write'],
    ['kernel-steps', '4b copy-on-write'],
    ['kernel-rules', '3.2 a thread works on the pointers'],
    ['kernel-rules', '3.2 a present entry that changed'],
    ['kernel-programs', '4b copy-on-write whose allocation sleeps'],
  ],
  'reclaim 1 to 8': [
    ['kernel-programs', '1 to 3: walk, read ptl, lock, delimbo, check; %s'],
    ['kernel-programs', '1: gives up where a level is not present'],
    ['kernel-programs', '3: an entry that maps another page is left alone'],
  ],
  'fill 1 to 4': [
    ['kernel-steps', 'fill 1 to 4'],
    ['kernel-rules', '3.3 an upper entry that somebody filled meanwhile stays'],
  ],
  'fork 1 to 4': [
    ['kernel-programs', '1: the child’s table and ptl'],
    ['kernel-programs', '3: leaves out what is not present'],
  ],
  'mremap 1 to 5': [['kernel-programs', '1: fills the new place; 2, 3: old ptl']],
  'munmap 1 to 5': [['kernel-programs', '1 to 5: entries, parent entry, flush, free']],
  switch: [['kernel-choices', 'switchOrder=%s: leaving, then coming back sets the bit']],
  'freeing, call_rcu per table': [['kernel-rules', '3.7 call_rcu waits for the CPUs']],
  'freeing, synchronize_rcu': [['kernel-choices', 'adFreeMerge=%s, adMergeCheck=%s']],
  'order: invalidate first': [['kernel-steps', 'of a PTE table: enter, relocate_table']],
  'sharedTables: all-parents': [['kernel-choices', 'all-parents: both page_table_locks in address order']],
  'replicas: per-node': [['kernel-replicas', 'a relocation drops the copy on the source node']],
};

const versions: readonly Shown[] = [['kernel-steps', 'of a PTE table: enter, relocate_table']];
const flagClear: readonly Shown[] = [['kernel-choices', '%s, after the move of %s']];
const clearing: readonly Shown[] = [['kernel-limbo', 'what fork does to W in limbo']];

/** Each choice: the tests that step through what its values do. One that runs every value by a table stands for all. */
const VALUES: { readonly [C in keyof typeof CHOICES]: Readonly<Record<string, readonly Shown[]>> } = {
  marking: {
    none: [['kernel-steps', 'marking=none: it always walks again']],
    flag: versions,
    count: versions,
  },
  serialise: {
    none: [['kernel-relocate', 'serialise=%s']],
    mutex: [['kernel-relocate', 'serialise=%s']],
    'mutex-until-rcu': versions,
  },
  rewalkLock: {
    none: [['kernel-choices', 'rewalkLock=none: no page_table_lock']],
    'page-table-lock': [['kernel-steps', '%s, rewalkLock=%s']],
  },
  irqs: { off: [['kernel-limbo', 'irqs=off: interrupts are off']], on: versions },
  freeing: { 'rcu-per-table': versions, 'rcu-after-flush': versions, 'synchronize-rcu': versions },
  adBits: {
    none: versions,
    'at-free': versions,
    'at-delimbo-and-free': [['kernel-steps', 'adBits=at-delimbo-and-free: a table without a link']],
  },
  adSource: {
    current: [['kernel-choices', 'adSource=current: takes the current entry’s own bits']],
    old: [['kernel-choices', 'adSource=old: the bits leave the old entry']],
  },
  adFreeMerge: {
    'first-entry': [['kernel-choices', 'adFreeMerge=%s, adMergeCheck=%s']],
    'every-entry': [['kernel-choices', 'adFreeMerge=%s, adMergeCheck=%s']],
  },
  adMergeCheck: {
    blind: [['kernel-choices', 'adMergeCheck=%s: where the current entry maps another page']],
    'same-pfn': [['kernel-choices', 'adMergeCheck=same-pfn: an entry that is not present']],
  },
  mergeLock: {
    'page-table-lock': [['kernel-choices', 'its steps with %o']],
    ptl: [['kernel-choices', 'its steps with %o']],
  },
  linkShape: {
    'both-ways': [['kernel-limbo', 'both-ways: the second move overwrites']],
    chain: [['kernel-limbo', 'chain: the first is merged into the table at the end']],
  },
  linkLevels: {
    pte: [['kernel-limbo', 'pte: it is not linked, and D is freed']],
    'with-leaf': [['kernel-limbo', 'with-leaf: it is linked, and D of the huge page comes over']],
  },
  clearing: {
    current: [...clearing, ['kernel-limbo', 'current: %s leaves the copy alone']],
    'copies-too': [...clearing, ['kernel-limbo', 'copies-too: %s reads and clears it there as well']],
  },
  freeMergeLock: {
    ptl: [['kernel-limbo', '%s: what is held when the link is read']],
    'page-table-lock': [['kernel-limbo', '%s: what is held when the link is read']],
  },
  unlinkOnFree: {
    no: [['kernel-programs', 'freeTableLock=%s, unlinkOnFree=%s']],
    yes: [['kernel-programs', 'unlinkOnFree=yes leaves a link that points elsewhere']],
    'under-lock': [['kernel-limbo', '%s: the links go while page_table_lock is held']],
  },
  freeTableLock: {
    none: [['kernel-programs', 'freeTableLock=%s, unlinkOnFree=%s']],
    'page-table-lock': [['kernel-programs', 'freeTableLock=%s, unlinkOnFree=%s']],
  },
  switchMm: {
    no: versions,
    yes: [['machine-flush', '2.9 a CPU is in cpu_vm_mask while it may cache the process']],
  },
  switchOrder: {
    'clear-first': [['kernel-choices', 'switchOrder=%s: leaving']],
    'clear-last': [['machine-flush', '2.9 switchOrder=clear-last clears the bit after the load']],
  },
  emptyUpper: {
    trust: [['kernel-relocate', 'trust: it is followed, and the thread stops for ever']],
    'look-again': [['kernel-relocate', 'look-again: the walk starts anew']],
  },
  nodeTest: {
    holder: [['kernel-relocate', 'nodeTest=holder: asks about the frame that holds the entry']],
    pointee: [['relocation-alone', 'nodeTest=pointee moves every table of node 0']],
  },
  pageSizeCheck: {
    no: [['kernel-relocate', '4: pageSizeCheck=%s']],
    yes: [['kernel-relocate', '4: pageSizeCheck=%s']],
  },
  reload: {
    no: [['kernel-choices', 'reload=no: the PGD is not touched']],
    yes: [['kernel-steps', 'of the PGD: enter, relocate_top']],
  },
  onNoMemory: {
    leave: [['kernel-choices', 'leave: at once; nothing is flushed']],
    finish: [['kernel-choices', 'finish: flushed, waited for, freed']],
  },
  flushBy: {
    anyone: [['kernel-limbo', '%s: flushes for the relocation: %s']],
    relocation: [['kernel-limbo', '%s: flushes for the relocation: %s']],
  },
  flushLoads: {
    'own-cr3': [['kernel-limbo', '%s: munmap does %s, here and on the others']],
    'mm-pgd': [['kernel-limbo', '%s: fork, invalidate-first and NEED_FLUSH ask for a %s']],
  },
  flagClear: {
    before: flagClear,
    after: flagClear,
    'before-and-wait': [['kernel-choices', 'before-and-wait: whoever finds no flag waits']],
  },
  faultSleep: {
    keep: [['kernel-programs', '2, 4a: its allocation sleeps, faultSleep=%s']],
    rewalk: [['kernel-programs', '2, 4a: its allocation sleeps, faultSleep=%s']],
  },
  nestedLock: {
    'outer-held': [['kernel-choices', 'outer-held: only the inner ptl is given up']],
    'drop-both': [['kernel-choices', 'drop-both: both are given up']],
  },
  sharedTables: {
    ignored: [['kernel-choices', 'ignored: the second process goes on']],
    skipped: [['kernel-choices', 'skipped: nothing is allocated']],
    'all-parents': [['kernel-choices', 'all-parents with invalidate-first']],
  },
  order: { limbo: versions, 'invalidate-first': versions },
  pdpteReload: {
    no: [['kernel-relocate', 'pdpteReload=%s']],
    yes: [['kernel-relocate', 'pdpteReload=%s']],
  },
  mremapFlush: {
    'before-set': [['kernel-rules', '3.6 mremap clears and flushes the old entry before']],
    'before-unlock': [['history', '$scenario: the fixed order holds in every state']],
    'after-unlock': [['history', '$scenario: the broken order fails']],
  },
  collectFlush: {
    'before-unlock': [['history', '$scenario: the fixed order holds in every state']],
    'after-unlock': [['history', '$scenario: the broken order fails']],
  },
  tableFreeOrder: {
    'after-flush': [['kernel-rules', '3.6 munmap clears the parent entry, flushes']],
    'before-flush': [['history', '$scenario: the broken order fails']],
  },
  replicas: {
    none: versions,
    'per-node': [['kernel-replicas', 'a fault writes the new entry to both copies']],
  },
};

const here = new URL('./', import.meta.url);
const texts = new Map(
  readdirSync(here)
    .filter((file) => file.endsWith('.test.ts') && file !== 'contract.test.ts')
    .map((file) => [file.slice(0, -'.test.ts'.length), readFileSync(new URL(file, here), 'utf8')]),
);
const missing = (shown: readonly Shown[]): readonly Shown[] =>
  shown.filter(([file, words]) => texts.get(file)?.includes(words) !== true);

describe('designs.md: every line of every program is stepped through by a test', () => {
  it.each(Object.entries(LINES))('%s', (_line, shown) => {
    expect(shown.length).toBeGreaterThan(0);
    expect(missing(shown)).toEqual([]);
  });
});

describe('designs.md: so is every value of every choice, ours too', () => {
  it.each(Object.entries(VALUES))('%s', (choice, values) => {
    const known = Object.entries(CHOICES).find(([name]) => name === choice)?.[1].values ?? {};
    expect(Object.keys(values).toSorted()).toEqual(Object.keys(known).toSorted());
    for (const shown of Object.values(values)) {
      expect(shown.length).toBeGreaterThan(0);
      expect(missing(shown)).toEqual([]);
    }
  });
});
