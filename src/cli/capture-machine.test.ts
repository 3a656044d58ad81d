import { accessSync, constants } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openMachine } from '../formats/open-file.ts';
import { encodeMachine } from '../formats/machine-file.ts';
import { machineMap } from '../reports/machine/machine.ts';
import { machineReport } from '../reports/machine/report.ts';
import { captureMachine } from './capture-machine.ts';

function mayRead(): boolean {
  try {
    accessSync('/proc/kpageflags', constants.R_OK);
    accessSync('/proc/kpagecount', constants.R_OK);
    return true;
  } catch {
    return false;
  }
}

const here = mayRead();
const why = here ? '' : ' (left out: only root on Linux may read /proc/kpageflags)';

describe.skipIf(!here)(`the frames of this machine${why}`, () => {
  const machine = here ? captureMachine() : null;
  if (machine === null) return;
  const { report, map } = machineReport(machine);

  it('count page tables as the kernel does, but for what changed meanwhile', () => {
    const [tables] = report.checks;
    if (tables === undefined) throw new Error('nothing was checked');
    expect(tables.kernels).toBeGreaterThan(0);
    // The frames are read between the two totals; two thirds of a second on an idle machine.
    const slack = Math.abs(tables.drift) + tables.kernels * 0.1 + 256;
    expect(Math.abs(tables.ours - tables.kernels)).toBeLessThanOrEqual(slack);
  });

  it('are free where /proc/buddyinfo says so, but for what changed meanwhile', () => {
    const free = report.checks[1];
    if (free === undefined) throw new Error('nothing was checked');
    const slack = Math.abs(free.drift) + free.kernels * 0.05 + 4096;
    expect(Math.abs(free.ours - free.kernels)).toBeLessThanOrEqual(slack);
  });

  it('are each counted once', () => {
    const {
      free,
      anonymous,
      file,
      pageTables,
      slab,
      kernelOther,
      hugetlb,
      reserved,
      offline,
      unflagged,
      absent,
    } = report.kinds;
    const all = [
      free,
      anonymous,
      file,
      pageTables,
      slab,
      kernelOther,
      hugetlb,
      reserved,
      offline,
      unflagged,
      absent,
    ];
    expect(all.reduce((sum, count) => sum + count, 0)).toBe(machine.frames);
  });

  it('come back from a file as they were, in less than a byte for every four frames', () => {
    const text = JSON.stringify(encodeMachine(machine));
    expect(text.length).toBeLessThan(machine.frames / 4 + 65_536);
    const again = openMachine(new TextEncoder().encode(text), 'again');
    expect(again.words).toEqual(machine.words);
    expect(machineMap(again).every((kind, pfn) => kind === map[pfn])).toBe(true);
  });
});
