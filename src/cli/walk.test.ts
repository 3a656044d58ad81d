import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { referenceTranslations } from '../formats/reference-walk.ts';
import { sampleCapture, sampleRuns } from '../formats/sample-capture.ts';
import { sampleGuest } from '../formats/sample-guest.ts';
import { runCommandLine } from './live-process.ts';

vi.setConfig({ testTimeout: 60_000 });

const folder = mkdtempSync(join(tmpdir(), 'limbo-walk-'));
const guest = sampleGuest('x86-64-5');

writeFileSync(join(folder, 'guest.json'), JSON.stringify(guest));
writeFileSync(join(folder, 'capture.json'), JSON.stringify(sampleCapture({ runs: sampleRuns })));
writeFileSync(join(folder, 'half.json'), JSON.stringify(guest).slice(0, 500));
afterAll(() => rmSync(folder, { recursive: true }));

describe('npm run walk', () => {
  it('prints the runs of a truth file as JSON and nothing else', () => {
    const { status, stdout, stderr } = runCommandLine('walk', ['guest.json', '--json'], folder);
    expect([status, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toEqual(referenceTranslations(guest));
  });

  it('prints a table, of a capture too', () => {
    const { status, stdout } = runCommandLine('walk', ['capture.json'], folder);
    expect(status).toBe(0);
    expect(stdout).toContain('4 levels, 2 PTE, 2 PMD, 2 PUD, 1 PGD');
    expect(stdout).toMatch(/0x600000 +0x8000000 +2 MiB +2 +X-P\?\?--UW +0/);
  });

  it.each([
    { args: [], status: 2, words: 'Usage' },
    { args: ['a', 'b'], status: 2, words: 'Usage' },
    { args: ['guest.json', '--jsn'], status: 2, words: 'Usage' },
    { args: ['none.json'], status: 1, words: 'cannot be read' },
    { args: ['.'], status: 1, words: 'cannot be read' },
    { args: ['half.json'], status: 1, words: 'half.json is damaged' },
  ])('ends with $status and in words for $args', ({ args, status, words }) => {
    const result = runCommandLine('walk', args, folder);
    expect([result.status, result.stdout]).toEqual([status, '']);
    expect(result.stderr).toContain(words);
    expect(result.stderr).not.toContain('    at ');
  });
});
