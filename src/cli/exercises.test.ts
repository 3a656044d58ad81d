import { describe, expect, it, vi } from 'vitest';
import { runCommandLine } from './live-process.ts';

vi.setConfig({ testTimeout: 60_000 });

describe('npm run exercises', () => {
  it('prints a sheet without a word of its answers, and the key only when asked', () => {
    const sheet = runCommandLine('exercises', ['--kind', 'x86-64-4', '--seed', '7', '--json']);
    const key = runCommandLine('exercises', ['--kind', 'x86-64-4', '--seed', '7', '--json', '--key']);
    expect([sheet.status, key.status, sheet.stderr]).toEqual([0, 0, '']);
    expect(sheet.stdout).not.toContain('answer');
    const { questions } = JSON.parse(key.stdout) as { questions: { answer: string }[] };
    expect(questions).toHaveLength(6);
    for (const { answer } of questions) expect(answer).toMatch(/^(0x[0-9a-f]+|fault at \w+)$/);
  });

  it('refuses a kind that there is not, with those that there are', () => {
    const { status, stderr } = runCommandLine('exercises', ['--kind', 'x86-16']);
    expect(status).toBe(2);
    expect(stderr).toContain('x86-32-pae');
  });
});
