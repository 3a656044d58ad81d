import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHOICES } from '../designs/choices.ts';
import { VERSIONS } from '../designs/versions.ts';
import type { Design } from '../kernel/design.ts';
import { at } from '../lib/at.ts';
import { ENTRY_A, ENTRY_D, ENTRY_P, ENTRY_SHIFT } from '../machine/entry.ts';
import type { World } from '../machine/world.ts';
import type { Shape, SmallWorld } from './small-world.ts';
import type { ThreadScript } from './script.ts';
import { brokenBy, designOf, driveAll, isOver, read, rigOf, type Rig } from './testing/rig.ts';
import { moverOn, scenarioOn, userOn, wholeMoverOn } from './testing/worlds.ts';

const SHAPES: readonly Shape[] = ['two', 'three', 'pae', 'four', 'five'];
const LEVELS = { two: 2, three: 3, pae: 3, four: 4, five: 5 };
/** March's RCU callback releases a mutex that it does not hold. */
const EXPECTED = ['lock-ownership'];

/** Every leaf entry of a process, A, D and W included, and A of every upper entry on the way, by va. */
function translations(rig: Rig, world: World): string[] {
  return world.vas.map((va) => {
    let frame = read(rig, 'mm.pgd');
    const upper: number[] = [];
    for (let level = 0; level < va.leaf; level++) {
      const entry = read(rig, 'entries', at(va.path, level), frame);
      if ((entry & ENTRY_P) === 0) return 'cut';
      upper.push(entry & ((1 << ENTRY_SHIFT) - 1) & ~ENTRY_A);
      frame = entry >> ENTRY_SHIFT;
    }
    return [...upper, read(rig, 'entries', at(va.path, va.leaf), frame)].join(' ');
  });
}

/** A world in which CPU0 runs the process and does nothing while CPU1 moves tables. */
function idle(world: Partial<SmallWorld>, mover: ThreadScript) {
  const { world: made, ...rest } = scenarioOn({ destination: 12, ...world }, [userOn(0), mover]);
  return { ...rest, world: made };
}

const VAS: SmallWorld['vas'] = [{}, { readOnly: true }, { dirty: true }, { empty: true }];

/** Leaf entries get these flags: all combinations of A and D over the vas. */
function withBits(world: World, bits: readonly number[]): World {
  const entries = world.entries.slice();
  let nth = 0;
  for (const [i, entry] of entries.entries())
    if (entry >> ENTRY_SHIFT > world.tableFrames)
      entries[i] = (entry & ~(ENTRY_A | ENTRY_D)) | (at(bits, nth++ % bits.length) & (ENTRY_A | ENTRY_D));
  return { ...world, entries };
}

interface Outcome {
  readonly rig: Rig;
  readonly broken: string[];
}

function moveAlone(scenario: ReturnType<typeof idle>, design: Design): Outcome {
  const rig = rigOf(scenario, design);
  const before = translations(rig, scenario.world);
  const taken = driveAll(rig, 'cpu1');
  expect(isOver(rig, 'cpu1')).toBe(true);
  expect(translations(rig, scenario.world)).toEqual(before);
  return { rig, broken: brokenBy(taken).filter((id) => !EXPECTED.includes(id)) };
}

const bits = fc.array(fc.constantFrom(0, ENTRY_A, ENTRY_D, ENTRY_A | ENTRY_D), {
  minLength: 3,
  maxLength: 3,
});

/** Any design at all: one value for each choice. */
const anyDesign: fc.Arbitrary<Design> = fc
  .record(
    Object.fromEntries(
      Object.entries(CHOICES).map(([choice, { values }]) => [
        choice,
        fc.constantFrom(...Object.keys(values)),
      ]),
    ),
  )
  .map((choices) => ({ ...designOf('2008-05-09'), ...(choices as Partial<Design>) }));

describe.each(VERSIONS)('$id: a relocation with no other thread', ({ design }) => {
  it.each(SHAPES)('%s: moving any one table leaves every translation, A and D as before', (shape) => {
    const tables = ['top' as const, ...Array.from({ length: LEVELS[shape] - 1 }, (_, i) => i + 1)];
    fc.assert(
      fc.property(bits, fc.constantFrom(...tables), fc.boolean(), (flags, table, splitLocks) => {
        const scenario = idle({ shape, vas: VAS, splitLocks }, moverOn(1, table));
        const outcome = moveAlone({ ...scenario, world: withBits(scenario.world, flags) }, design);
        expect(outcome.broken).toEqual([]);
      }),
      { numRuns: 4 },
    );
  });

  it.each(SHAPES)('%s: so does moving the whole tree, and the same table twice', (shape) => {
    const bottom = LEVELS[shape] - 1;
    for (const mover of [wholeMoverOn(1), moverOn(1, bottom, bottom)]) {
      const { rig, broken } = moveAlone(idle({ shape, vas: VAS }, mover), { ...design, nodeTest: 'pointee' });
      expect(broken).toEqual([]);
      expect(read(rig, 'mm.need_flush') + read(rig, 'mm.need_reload')).toBe(0);
    }
  });
});

describe('any combination of choices', () => {
  it('a relocation with no other thread leaves every translation, A and D as before', () => {
    const any = fc.tuple(anyDesign, fc.constantFrom(...SHAPES), bits, fc.boolean(), fc.boolean());
    fc.assert(
      fc.property(any, ([design, shape, flags, splitLocks, whole]) => {
        const mover = whole ? wholeMoverOn(1) : moverOn(1, LEVELS[shape] - 1, 1, 'top');
        const scenario = idle({ shape, vas: VAS, splitLocks }, mover);
        // With copies on nodes a relocation drops one of them: `translations` follows one tree only.
        moveAlone({ ...scenario, world: withBits(scenario.world, flags) }, { ...design, replicas: 'none' });
      }),
      { numRuns: 40 },
    );
  });
});

describe('what moves', () => {
  const onNode = (rig: Rig, node: number): number =>
    [...rig.scene.words.keys()]
      .slice(0, rig.scene.world.tableFrames + 1)
      .filter(
        (frame) => frame > 0 && read(rig, 'frame.kind', frame) === 2 && rig.scene.world.node[frame] === node,
      ).length;

  it.each(SHAPES)(
    '%s: nodeTest=pointee moves every table of node 0, but PAE’s PGD stays with pageSizeCheck',
    (shape) => {
      const design = designOf('2008-05-09', { nodeTest: 'pointee' });
      const { rig } = moveAlone(idle({ shape, vas: VAS }, wholeMoverOn(1)), design);
      expect(onNode(rig, 0)).toBe(shape === 'pae' ? 1 : 0);
      const without = { ...design, pageSizeCheck: 'no' as const };
      expect(onNode(moveAlone(idle({ shape, vas: VAS }, wholeMoverOn(1)), without).rig, 0)).toBe(0);
    },
  );

  it('reload=no leaves the PGD where it is', () => {
    const design = designOf('2008-05-09', { reload: 'no' });
    const { rig } = moveAlone(idle({}, moverOn(1, 'top')), design);
    expect(rig.scene.world.node[read(rig, 'mm.pgd')]).toBe(0);
  });

  it('every old table is freed at the end, whichever way the design frees', () => {
    for (const { design } of VERSIONS) {
      const { rig } = moveAlone(idle({ shape: 'four', vas: VAS }, wholeMoverOn(1)), {
        ...design,
        nodeTest: 'pointee',
      });
      for (let frame = 1; frame <= rig.scene.world.tableFrames; frame++)
        expect([0, 2, 5]).toContain(read(rig, 'frame.kind', frame));
      expect(read(rig, 'mm.rewalk')).toBe(0);
    }
  });
});
