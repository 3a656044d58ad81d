import { versionOf } from '../../designs/versions.ts';
import { describeNext } from '../../explorer/describe.ts';
import { createMachine, createModel, isEnabled, moveCount, takeStep } from '../../explorer/model.ts';
import type { Design } from '../../kernel/design.ts';
import { buildModel } from '../../scenarios/build.ts';
import { NODE1, scenario, small } from '../../scenarios/parts.ts';
import type { Shape } from '../../scenarios/small-world.ts';

/** What a relocation of a whole process did: tables that moved, and flushes that interrupted another CPU. */
export interface FlushRun {
  readonly tables: number;
  readonly interrupts: number;
}

/** How flushes are gathered: a flag and one flush for a whole relocation, or one for each table. */
export type Batching = 'flag' | 'per-table';

const CPUS = 2;
const MOST_STEPS = 20_000;

/** A whole process moves while another CPU has it loaded and does nothing else: its tables, its flushes, from the run. */
export function runFlushes(batching: Batching, shape: Shape, pages: number): FlushRun {
  const built = buildModel(
    scenario({
      id: 'flushes',
      title: 'Flushes of a relocation',
      about: '',
      world: small('flushes', {
        shape,
        vas: Array.from({ length: pages }, () => ({})),
        cpus: CPUS,
        destination: 8,
      }),
      threads: [
        { cpu: 1, name: 'relocate', mm: 0, actions: [{ do: 'relocate-mm', mm: 0, source: 0, pool: NODE1 }] },
      ],
    }),
    designOf(batching),
  );
  const model = createModel(built.model);
  const machine = createMachine(model);
  const run = { tables: 0, interrupts: 0 };
  for (let taken = 0; taken < MOST_STEPS; taken++) {
    const next = firstMove();
    if (next === null) return run;
    const tag = describeNext(model, machine, next.actor, next.move)?.tag;
    if (tag === 'ipi-send') run.interrupts++;
    if (tag === 'allocate') run.tables++;
    takeStep(model, machine, next.actor, next.move);
  }
  throw new Error('a relocation alone does not end');

  function firstMove(): { readonly actor: number; readonly move: number } | null {
    for (let actor = 0; actor < built.actors.length; actor++)
      for (let move = 0; move < moveCount(model, machine, actor); move++)
        if (isEnabled(model, machine, actor, move)) return { actor, move };
    return null;
  }
}

/** The last posting; its node test would leave tables below a moved one where they are. */
function designOf(batching: Batching): Design {
  const posted = versionOf('2008-05-09')?.design;
  if (posted === undefined) throw new Error('there is no version 2008-05-09');
  const order = batching === 'flag' ? 'limbo' : 'invalidate-first';
  return { ...posted, nodeTest: 'pointee', reload: 'no', order };
}
