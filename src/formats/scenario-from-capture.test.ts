import { expect, it } from 'vitest';
import { documentOfCapture } from './scenario-from-capture.ts';
import { problemsOf } from './scenario-check.ts';

const capture = (...perms: readonly string[]) => ({
  name: 'sleep (42)',
  geometry: 'x86-64-4',
  nodes: [{}],
  vmas: perms.map((perm) => ({ perms: perm, pages: 3 })),
});

it('a scenario in the shape of a process can be run, and writes only where the process may', () => {
  for (const perms of [['r-xp', 'rw-p', 'r--p'], ['r-xp'], [], Array.from({ length: 30 }, () => 'rw-s')]) {
    const document = documentOfCapture(capture(...perms));
    expect(problemsOf(document)).toEqual([]);
    const pages = document.vmas.flatMap((vma) => vma.pages);
    const accesses = document.threads
      .flatMap(({ actions }) => actions)
      .filter((action) => action.do === 'access');
    for (const { va, write } of accesses) expect(write && pages[va]?.writable === false).toBe(false);
  }
});

it('writes the last of the mappings taken that may be written', () => {
  const [user] = documentOfCapture(capture('r-xp', 'rw-p', 'r--p')).threads;
  expect(user?.actions).toContainEqual({ do: 'access', va: 1, write: true });
});
