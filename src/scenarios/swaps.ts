import type { FieldImage, Renaming, Swap } from '../explorer/swap.ts';
import { at } from '../lib/at.ts';
import { LOCAL_MEANINGS, type Meaning, MEANINGS, type Meanings } from '../machine/cpu-names.ts';
import type { Program } from '../program/instr.ts';
import { fieldOf, type Layout } from '../program/layout.ts';

/** An actor, as far as it belongs to a CPU. */
export interface Resident {
  readonly kind: 'thread' | 'ipi' | 'speculation' | 'rcu';
  readonly cpu: number;
  readonly program: Program;
  /** Relocations that it makes, by id. */
  readonly relocations: readonly number[];
}

/** Sets of CPUs are renamed by tables that double with each. */
const MOST_CPUS = 8;

/** Pairs of CPUs whose threads have as much to do as each other, and so might stand for each other. */
export function proposedSwaps(layout: Layout, cpus: number, actors: readonly Resident[]): readonly Swap[] {
  if (cpus > MOST_CPUS) return [];
  const threads = actors.filter(({ kind }) => kind === 'thread');
  return threads.flatMap((one, i) =>
    threads
      .slice(i + 1)
      .filter((two) => isAlike(one, two))
      .map((two) => swapOf(layout, cpus, actors, [one, two])),
  );
}

function isAlike(one: Resident, two: Resident): boolean {
  const [these, those] = [one, two].map(({ program }) => [
    program.name,
    program.instrs.length,
    ...ownNames(program),
  ]);
  return (
    one.cpu !== two.cpu &&
    one.relocations.length === two.relocations.length &&
    these?.toSorted().join() === those?.toSorted().join()
  );
}

/** What its fields are called without its own name. */
function ownNames({ pcField, locals }: Program): readonly string[] {
  return [pcField, ...locals].map((field) => field.slice(pcField.length - 'pc'.length));
}

function swapOf(
  layout: Layout,
  cpus: number,
  actors: readonly Resident[],
  [one, two]: readonly [Resident, Resident],
): Swap {
  const cpu = exchanged(cpus, [[one.cpu, two.cpu]]);
  const relocation = exchanged(
    actors.reduce((sum, { relocations }) => sum + relocations.length, 0),
    one.relocations.map((id, i) => [id, at(two.relocations, i)]),
  );
  const names = { cpu, relocation };
  const partners = actors.map(({ kind, cpu: mine }) => {
    const theirs = mine < 0 ? mine : at(cpu, mine);
    return actors.findIndex((other) => other.kind === kind && other.cpu === theirs);
  });
  return {
    names: [`CPU${String(one.cpu)}`, `CPU${String(two.cpu)}`],
    actors: partners,
    moves: actors.map(({ kind }) => (kind === 'ipi' ? cpu : null)),
    fields: new Map([
      ...[...MEANINGS].flatMap(([field, meanings]) =>
        layout.fields.has(field) ? [[field, imageAs(layout, field, meanings, names)] as const] : [],
      ),
      ...actors.flatMap(({ program }, i) =>
        localImages(layout, program, actors[at(partners, i)]?.program ?? program, names),
      ),
    ]),
  };
}

interface Names {
  readonly cpu: readonly number[];
  readonly relocation: readonly number[];
}

/** Where a program's own fields go: to those of the same names that its partner has. */
function localImages(
  layout: Layout,
  program: Program,
  partner: Program,
  names: Names,
): readonly (readonly [string, FieldImage])[] {
  const theirs = partner.pcField.slice(0, -'pc'.length);
  return [program.pcField, ...program.locals].flatMap((local, i) => {
    const own = at(ownNames(program), i);
    const meanings = LOCAL_MEANINGS.get(own) ?? {};
    if (program === partner && meanings.values === undefined) return [];
    return [[local, imageAs(layout, `${theirs}${own}`, meanings, names)] as const];
  });
}

function imageAs(layout: Layout, to: string, { rows, cols, values }: Meanings, names: Names): FieldImage {
  const { max } = fieldOf(layout, to);
  return {
    to,
    rows: renamingOf(rows, names),
    cols: renamingOf(cols, names),
    values: renamingOf(values, names, max),
  };
}

/** The numbers 0 .. count - 1 with those of each pair in each other's place. */
function exchanged(count: number, pairs: readonly (readonly [number, number])[]): readonly number[] {
  const numbers = Array.from({ length: count }, (_, i) => i);
  for (const [a, b] of pairs) [numbers[a], numbers[b]] = [b, a];
  return numbers;
}

function renamingOf(meaning: Meaning | undefined, { cpu, relocation }: Names, max = 0): Renaming {
  switch (meaning) {
    case undefined:
      return null;
    case 'cpu':
      return cpu;
    case 'relocation':
      return relocation;
    case 'owner':
      return [0, ...cpu.map((to) => to + 1)];
    case 'mask':
      return setsOf(cpu, max);
    case 'callback':
      return setsOf([0, ...cpu.map((to) => to + 1)], max);
  }
}

/** By set of CPUs, up to the greatest number that a field can hold: the set of those in whose place they are. */
function setsOf(cpu: readonly number[], max: number): readonly number[] {
  const bits = 32 - Math.clz32(max);
  return Array.from({ length: max + 1 }, (_, set) => {
    let image = 0;
    for (let bit = 0; bit < bits; bit++) image |= ((set >> bit) & 1) << (cpu[bit] ?? bit);
    return image;
  });
}
