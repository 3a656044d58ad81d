import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { parseLink } from '../formats/link.ts';
import { readRunFile } from '../formats/run-file.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const CHOSEN = ['--design', '2008-05-09', '--scenario', 'two-dirty', '--seed', '3'];

function exported(form: string): string {
  const args = ['--import', 'tsx', 'src/cli/export.ts', '--as', form, ...CHOSEN];
  return execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 27 });
}

/** Apalache's ADR 015: variables, and for each state a value of each. */
type ItfExpr = boolean | number | string | ItfExpr[] | { '#bigint': string };
const expr: v.GenericSchema<ItfExpr> = v.lazy(() =>
  v.union([
    v.boolean(),
    v.pipe(v.number(), v.safeInteger()),
    v.string(),
    v.array(expr),
    v.strictObject({ '#bigint': v.pipe(v.string(), v.regex(/^-?\d+$/)) }),
  ]),
);
const Itf = v.object({
  '#meta': v.object({ format: v.literal('ITF') }),
  vars: v.pipe(v.array(v.pipe(v.string(), v.regex(/^[A-Za-z_]\w*$/))), v.minLength(3)),
  states: v.array(v.looseObject({ '#meta': v.object({ index: v.pipe(v.number(), v.integer()) }) })),
});

/** The trace event format, as far as we write it: metadata, complete, instant and flow events. */
const at = { name: v.string(), pid: v.literal(1), tid: v.pipe(v.number(), v.integer(), v.minValue(0)) };
const time = { ts: v.pipe(v.number(), v.minValue(0)), cat: v.string() };
const event = v.variant('ph', [
  v.strictObject({
    ...at,
    ph: v.literal('M'),
    args: v.record(v.string(), v.union([v.string(), v.number()])),
  }),
  v.strictObject({
    ...at,
    ...time,
    ph: v.literal('X'),
    dur: v.pipe(v.number(), v.minValue(1)),
  }),
  v.strictObject({ ...at, ...time, ph: v.literal('i'), s: v.picklist(['g', 'p', 't']), args: v.object({}) }),
  v.strictObject({ ...at, ...time, ph: v.literal('s'), id: v.number() }),
  v.strictObject({ ...at, ...time, ph: v.literal('f'), bp: v.literal('e'), id: v.number() }),
]);
const Trace = v.object({ displayTimeUnit: v.picklist(['ms', 'ns']), traceEvents: v.array(event) });

describe('npm run export', { timeout: 60_000 }, () => {
  it('writes a run file and a link that are the same run', () => {
    const run = readRunFile(JSON.parse(exported('run')), 'run.json');
    expect(run.schedule.length).toBeGreaterThan(20);
    expect(parseLink(exported('link').trim())).toEqual(run);
  });

  it('writes an ITF trace: a value of every variable in every state', () => {
    const { vars, states } = v.parse(Itf, JSON.parse(exported('itf')));
    const steps = readRunFile(JSON.parse(exported('run')), 'run.json').schedule.length;
    expect(states).toHaveLength(steps + 1);
    for (const [index, { '#meta': meta, ...state }] of states.entries()) {
      expect(meta.index).toBe(index);
      expect(Object.keys(state).toSorted()).toEqual(vars.toSorted());
      for (const value of Object.values(state)) v.assert(expr, value);
    }
    const names = new Set(states.map((state) => state['action_taken']));
    expect(names.size).toBeGreaterThan(10);
    expect(states[0]?.['entries']).not.toEqual(states.at(-1)?.['entries']);
  });

  it('writes trace events: a slice for each step, and each IPI an arrow that begins and ends', () => {
    const { traceEvents } = v.parse(Trace, JSON.parse(exported('trace')));
    const steps = readRunFile(JSON.parse(exported('run')), 'run.json').schedule.length;
    expect(traceEvents.filter(({ ph }) => ph === 'X')).toHaveLength(steps);
    const ends = (kind: 's' | 'f') => traceEvents.flatMap((e) => (e.ph === kind ? [e.id] : []));
    expect(ends('s').length).toBeGreaterThan(0);
    expect(ends('s')).toEqual(ends('f'));
    const named = new Set(
      traceEvents.flatMap((e) => (e.ph === 'M' && e.name === 'thread_name' ? [e.tid] : [])),
    );
    for (const { ph, tid } of traceEvents) if (ph !== 'M') expect(named).toContain(tid);
  });
});
