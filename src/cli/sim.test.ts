import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { movesThatBreak } from '../explorer/minimise.ts';
import { createModel } from '../explorer/model.ts';
import { movesOfTokens } from '../reports/verdicts.ts';
import { buildModel } from '../scenarios/build.ts';
import { chooseDesign, chooseScenario } from './choose-design.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const CHOSEN = ['--design', '2008-01-04', '--scenario', 'write-reclaim', '--seed', '3'];

interface Simulated {
  readonly steps: number;
  readonly schedule: string;
  readonly properties: readonly { readonly property: string; readonly step: number | null }[];
}

function sim(...args: readonly string[]) {
  const argv = ['--import', 'tsx', 'src/cli/sim.ts', ...CHOSEN, ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, argv, { cwd: root, encoding: 'utf8' });
  return { status, stdout, stderr };
}

describe('sim --minimise', () => {
  it('keeps the moves that it takes to break the property, and none of them can be left out', () => {
    const whole = JSON.parse(sim('--json').stdout) as Simulated;
    const { status, stdout } = sim('--minimise', 'no-lost-write', '--json');
    const short = JSON.parse(stdout) as Simulated;
    expect(status).toBe(1);
    expect(short.properties.find(({ property }) => property === 'no-lost-write')?.step).toBe(short.steps);
    expect(short.steps).toBeLessThan(whole.steps);

    const built = buildModel(chooseScenario('write-reclaim'), chooseDesign('2008-01-04', []).design);
    const model = createModel(built.model);
    const moves = movesOfTokens(built.actors, short.schedule.split(' '));
    expect(movesThatBreak(model, moves, 'no-lost-write')).toEqual(moves);
    for (const left of moves.keys())
      expect(
        movesThatBreak(
          model,
          moves.filter((_, i) => i !== left),
          'no-lost-write',
        ),
      ).toBeNull();
  });

  it('says so, and ends with 2, where the property does not fail in the run', () => {
    const { status, stdout, stderr } = sim('--minimise', 'no-deadlock');
    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain('no-deadlock does not fail in this run');
  });
});
