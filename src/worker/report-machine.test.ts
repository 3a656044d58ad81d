import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { machineOfFile } from './report-machine.ts';

const example = new URL('../views/reports/memory/example-machine.limbo', import.meta.url);

describe('the example of a real machine that comes with the page', () => {
  const bytes = Uint8Array.from(readFileSync(example)).buffer;

  it('is a machine of 24 GB whose frames agree with the kernel’s totals, up to what changed while they were read', () => {
    const answer = machineOfFile({ name: 'example', bytes });
    if (answer.kind !== 'machine') throw new Error(answer.message);
    const { report, map, zones } = answer;
    expect(map).toHaveLength(report.frames);
    expect(report.frames).toBeGreaterThan(6_000_000);
    expect(report.kinds.pageTables).toBeGreaterThan(1000);
    expect(zones.some(({ blocks }) => (blocks['Unmovable'] ?? 0) > 0)).toBe(true);
    for (const { what, ours, kernels, drift } of report.checks)
      expect(Math.abs(ours - kernels), what).toBeLessThanOrEqual(Math.abs(drift) + 0.05 * kernels);
  });

  it('is refused in words when the end of it is missing', () => {
    expect(machineOfFile({ name: 'example', bytes: bytes.slice(0, 100_000) })).toMatchObject({
      kind: 'refused',
    });
  });
});
