import { runInThisContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { versionOf } from '../designs/versions.ts';
import { parseOstepDump } from '../formats/ostep-dump.ts';
import { readField } from '../program/layout.ts';
import type { AuditRow } from '../reports/audit.ts';
import audit from '../reports/audit.json' with { type: 'json' };
import { buildModel } from '../scenarios/build.ts';
import { scenarioOf } from '../scenarios/scenarios.ts';
import { fastRun, type FastRun } from '../scenarios/testing/fast-run.ts';
import { type Exercise, EXERCISE_KINDS, isRight } from './exercise.ts';
import { makeExercise } from './make.ts';
import { ostepDumpText, ostepSheetDump } from './ostep-sheet.ts';
import { askableRows } from './property-sheet.ts';
import { drawTlbRun } from './tlb-sheet.ts';

const rows = audit.rows as readonly AuditRow[];

/** How a geometry cuts an address, written down once more: bits of each index from the top, bytes of an entry. */
const CUTS = {
  'x86-32': { names: ['PGD', 'PTE'], bits: [10, 10], digits: 8 },
  'x86-32-pae': { names: ['PGD', 'PMD', 'PTE'], bits: [2, 9, 9], digits: 16 },
  'x86-64-4': { names: ['PGD', 'PUD', 'PMD', 'PTE'], bits: [9, 9, 9, 9], digits: 16 },
  'x86-64-5': { names: ['PGD', 'P4D', 'PUD', 'PMD', 'PTE'], bits: [9, 9, 9, 9, 9], digits: 16 },
} as const;
type Cut = (typeof CUTS)[keyof typeof CUTS];

/** Solves a sheet by what is printed on it, bit by bit as text. */
function slowAnswers({ task, given, questions }: Exercise, { names, bits, digits }: Cut): readonly string[] {
  const binary = (hex: string, width: number): string => BigInt(`0x${hex}`).toString(2).padStart(width, '0');
  const tables = new Map(given.map(({ title, lines }) => [title.split(' at ')[1] ?? '', lines]));
  const entryAt = (pa: string, index: number): string => {
    const line = tables.get(pa)?.find((l) => Number(l.slice(1, 5)) === index);
    return binary(line?.split(']  ')[1] ?? '0', digits * 4);
  };
  const width = bits.reduce<number>((sum, n) => sum + n, 12);
  return questions.map(({ ask }) => {
    let rest = binary(/0x([0-9a-f]+)$/.exec(ask)?.[1] ?? '', width);
    let table = /CR3 holds (0x[0-9a-f]+)/.exec(task)?.[1] ?? '';
    for (const [level, name] of names.entries()) {
      const entry = entryAt(table, parseInt(rest.slice(0, bits[level]), 2));
      rest = rest.slice(bits[level]);
      if (!entry.endsWith('1')) return `fault at ${name}`;
      // The frame of an entry: all but its low 12 bits, and without the bits of x86 above bit 51.
      const address = entry.slice(Math.max(0, entry.length - 52));
      const isHuge = level > 0 || names.length === 2 ? entry.at(-8) === '1' : false;
      if (level === names.length - 1 || isHuge)
        return `0x${BigInt(`0b${address.slice(0, address.length - rest.length)}${rest}`).toString(16)}`;
      table = `0x${BigInt(`0b${address.slice(0, -12)}000000000000`).toString(16)}`;
    }
    return 'no answer';
  });
}

describe('sheets of translations', () => {
  it.each(Object.entries(CUTS))(
    'of %s are answered as by a reader of the printed sheet, for 2500 seeds',
    (kind, cut) => {
      const found = { pages: 0, faults: 0 };
      for (let seed = 0; seed < 2500; seed++) {
        const sheet = makeExercise(kind as keyof typeof CUTS, seed, rows);
        const answers = sheet.questions.map(({ answer }) => answer);
        expect(answers, String(seed)).toEqual(slowAnswers(sheet, cut));
        for (const answer of answers) found[answer.startsWith('fault') ? 'faults' : 'pages'] += 1;
      }
      expect(found.pages).toBeGreaterThan(5000);
      expect(found.faults).toBeGreaterThan(2000);
    },
    120_000,
  );

  it('in OSTEP’s manner print a dump that can be read again, and answer it', () => {
    let translated = 0;
    for (let seed = 0; seed < 100; seed++) {
      const dump = parseOstepDump('sheet', ostepDumpText(ostepSheetDump(seed)));
      expect(ostepDumpText(dump)).toBe(ostepDumpText(ostepSheetDump(seed)));
      const { questions } = makeExercise('ostep', seed, rows);
      expect(questions.length).toBe(10);
      translated += questions.filter(({ answer }) => answer.includes('value')).length;
    }
    expect(translated).toBeGreaterThan(400);
  }, 60_000);
});

describe('sheets about TLBs', () => {
  const engines = new Map<string, FastRun>();
  const engineOf = (scenarioId: string, versionId: string): FastRun => {
    const key = `${scenarioId} ${versionId}`;
    const [scenario, version] = [scenarioOf(scenarioId), versionOf(versionId)];
    if (scenario === null || version === null) throw new Error(key);
    const known = engines.get(key) ?? fastRun(buildModel(scenario, version.design).model, runInThisContext);
    engines.set(key, known);
    return known;
  };

  it('say what the compiled code, run on the same schedule, leaves in the caches of CPU0', () => {
    for (let seed = 0; seed < 60; seed++) {
      const { scenario, version, traced } = drawTlbRun(seed);
      const engine = engineOf(scenario, version);
      engine.reset();
      for (const { actor, move } of traced.run.moves) engine.take(actor * 32 + move);
      const { layout } = engine.spec;
      const { questions } = makeExercise('tlb', seed, rows);
      const filled = questions.filter(({ answer }) => answer !== 'empty').length;
      const cached = ['cpu.tlb', 'cpu.walk_cache'].flatMap((name) =>
        Array.from({ length: layout.fields.get(name)?.cols ?? 0 }, (_, i) =>
          readField(layout, engine.words, name, i, 0),
        ),
      );
      expect(filled, String(seed)).toBe(cached.filter((word) => word !== 0).length);
      expect(filled).toBeGreaterThan(0);
    }
  }, 120_000);
});

describe('sheets about properties', () => {
  it('ask about counterexamples whose last step, run again, breaks what the key says, and offer it once', () => {
    expect(askableRows(rows).length).toBeGreaterThan(50);
    for (let seed = 0; seed < 150; seed++) {
      const { questions } = makeExercise('property', seed, rows);
      const [first, ...versions] = questions;
      expect(first?.options.filter((option) => option === first.answer)).toHaveLength(1);
      expect(new Set(first?.options).size).toBe(4);
      expect(versions.length).toBeGreaterThan(5);
      expect(versions.some(({ answer }) => answer === 'fails')).toBe(true);
    }
  }, 60_000);
});

describe('every sheet', () => {
  it.each(EXERCISE_KINDS)('of kind %s is the same for the same seed, and another for another', (kind) => {
    expect(makeExercise(kind, 5, rows)).toEqual(makeExercise(kind, 5, rows));
    expect(makeExercise(kind, 5, rows).given).not.toEqual(makeExercise(kind, 6, rows).given);
    const first = makeExercise(kind, 5, rows).questions[0];
    if (first === undefined) throw new Error('a sheet without questions');
    expect(isRight(first, ` ${first.answer.toUpperCase()} `)).toBe(true);
    expect(isRight(first, '')).toBe(false);
    expect(isRight(first, `${first.answer} 1`)).toBe(false);
  });
});
