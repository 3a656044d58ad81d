import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { summarise } from '../formats/image-summary.ts';
import { openFile } from '../formats/open-file.ts';
import type { ImageSummary } from '../formats/process-image.ts';
import { endProcesses, runCommandLine, startProcess } from './live-process.ts';

vi.setConfig({ testTimeout: 60_000 });

const isLinux = process.platform === 'linux' && process.arch === 'x64';
const folder = mkdtempSync(join(tmpdir(), 'limbo-capture-'));

afterEach(endProcesses);

describe.skipIf(!isLinux)('npm run capture', () => {
  it('writes a file that opens, packed when its name says so, with stdout left alone', async () => {
    const { pid } = await startProcess(
      process.execPath,
      '-e',
      'setInterval(() => 0, 1e6); console.log("ready")',
    );
    const summary = JSON.parse(runCommandLine('capture', [String(pid), '--summary']).stdout) as ImageSummary;
    expect(summary.tables.PGD).toBe(1);
    for (const file of ['one.json', 'two.json.gz']) {
      const { status, stdout, stderr } = runCommandLine('capture', [String(pid), '-o', file], folder);
      expect([status, stdout]).toEqual([0, '']);
      expect(stderr).toContain(file);
      expect(summarise(openFile(readFileSync(join(folder, file)), file))).toEqual(summary);
    }
    const { stdout } = runCommandLine('capture', [String(pid), '-o', '-']);
    expect(summarise(openFile(new TextEncoder().encode(stdout), '-'))).toEqual(summary);
    rmSync(folder, { recursive: true });
  });

  it.each([
    { args: [], status: 2, words: 'Usage' },
    { args: ['x'], status: 2, words: 'is not the number of a process' },
    { args: ['-1'], status: 2, words: 'Usage' },
    { args: ['1', '2'], status: 2, words: 'Usage' },
    { args: ['1', '--what'], status: 2, words: 'Usage' },
    { args: ['4194305000'], status: 1, words: 'There is no process' },
    { args: [String(process.pid), '-o', '/proc/none/x'], status: 1, words: 'cannot be written' },
  ])('ends with $status and in words for $args', ({ args, status, words }) => {
    const result = runCommandLine('capture', args);
    expect([result.status, result.stdout]).toEqual([status, '']);
    expect(result.stderr).toContain(words);
    expect(result.stderr).not.toContain('    at ');
  });
});
