import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { runCommandLine } from './live-process.ts';

vi.setConfig({ testTimeout: 60_000 });

const folder = mkdtempSync(join(tmpdir(), 'limbo-solve-'));
/** Page 3 is the directory, page 4 its one table, page 5 its one page; each byte of memory else is its page's number. */
const bytes = (page: number): string => {
  if (page === 3) return `84${'00'.repeat(31)}`;
  if (page === 4) return `85${'00'.repeat(31)}`;
  return page.toString(16).padStart(2, '0').repeat(32);
};
const pages = Array.from({ length: 128 }, (_, page) => `page ${String(page)}:${bytes(page)}`);
const dump = [...pages, 'PDBR: 3', 'Virtual Address 0007:', 'Virtual Address 0020:', 'Virtual Address 0400:'];

writeFileSync(join(folder, 'dump.txt'), dump.join('\n'));
writeFileSync(join(folder, 'half.txt'), dump.slice(40).join('\n'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('npm run solve', () => {
  it('prints the answers as JSON and nothing else', () => {
    const { status, stdout, stderr } = runCommandLine('solve', ['--ostep', 'dump.txt', '--json'], folder);
    expect([status, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toEqual([
      { va: 7, pa: 167, value: 5 },
      { va: 32, fault: 'page table entry not valid' },
      { va: 1024, fault: 'page directory entry not valid' },
    ]);
  });

  it('shows the way to each answer without --json', () => {
    const { status, stdout } = runCommandLine('solve', ['--ostep', 'dump.txt'], folder);
    expect(status).toBe(0);
    expect(stdout).toContain('page 3[0] = 0x84, page 4[0] = 0x85');
    expect(stdout.trim().split('\n')).toHaveLength(3);
  });

  it('refuses half a dump in words, and ends with 2', () => {
    const { status, stdout, stderr } = runCommandLine('solve', ['--ostep', 'half.txt', '--json'], folder);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain('40 pages are missing, the first is 0');
  });
});
