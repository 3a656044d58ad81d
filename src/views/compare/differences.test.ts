import { describe, expect, it } from 'vitest';
import { versionOf } from '../../designs/versions.ts';
import type { Scene } from '../../machine/decode.ts';
import { fieldOf } from '../../program/layout.ts';
import { scenarioOf } from '../../scenarios/scenarios.ts';
import { createSession, sceneOf } from '../../worker/session.ts';
import { elementKey } from '../threads/changes.ts';
import { stateDifferences } from './differences.ts';

function sceneIn(version: string): Scene {
  const [scenario, design] = [scenarioOf('two-dirty'), versionOf(version)?.design];
  if (scenario === null || design === undefined) throw new Error('no such scenario or version');
  const source = { kind: 'scenario', scenario: 'two-dirty', version, overrides: {} } as const;
  return sceneOf(createSession({ scenario, design, source, file: null }));
}

/** A copy of a scene in which one element of a field is another number. */
function changed(scene: Scene, name: string, { row, col }: { row: number; col: number }): Scene {
  const field = fieldOf(scene.layout, name);
  const words = scene.words.slice();
  words[field.offset + row * field.cols + col] = 1;
  return { ...scene, words };
}

describe('what differs in the state', () => {
  it('is nothing at the start of the same scenario in two designs', () => {
    expect(stateDifferences(sceneIn('2008-05-09'), sceneIn('repaired')).count).toBe(0);
  });

  it('is told by subject, with the CPUs and their caches first', () => {
    const scene = sceneIn('2008-05-09');
    const other = changed(changed(scene, 'entries', { row: 2, col: 1 }), 'cpu.tlb', { row: 1, col: 0 });
    const { listed, count, differs } = stateDifferences(scene, other);
    expect(count).toBe(2);
    expect(listed.map(({ about }) => about)).toEqual(['CPUs, TLBs and walk caches', 'Tables']);
    expect([elementKey('cpu.tlb', 0, 1), elementKey('entries', 1, 2)].every(differs)).toBe(true);
    expect([elementKey('cpu.tlb', 0, 0), elementKey('entries', 2, 2)].some(differs)).toBe(false);
  });

  it('leaves out what only one actor sees', () => {
    const scene = sceneIn('2008-05-09');
    const own = [...scene.layout.fields.keys()].find((name) => /^cpu0\./.test(name)) ?? '';
    expect(stateDifferences(scene, changed(scene, own, { row: 0, col: 0 })).count).toBe(0);
  });
});
