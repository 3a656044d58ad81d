import { at } from '../lib/at.ts';
import { writtenFields } from '../program/effects.ts';
import { fieldOf } from '../program/layout.ts';
import { promelaBody, type PromelaContext, promelaTest } from '../program/promela.ts';
import type { Actor } from './model.ts';
import { arrivalOf, contextOf, pcOf, type Writing } from './promela-arrival.ts';

/**
 * One actor: control rests at a label for each step, and in its own pc, which others read. Where others write it too (a
 * speculative walk that is thrown away) the process has one place only.
 */
export function actorText(w: Writing, actor: Actor): string {
  const { instrs, pcField } = actor.program;
  const places = instrs.flatMap((instr, i) => (instr.k === 'step' || instr.k === 'end' ? [i] : []));
  const others = w.spec.actors.filter((other) => other !== actor).flatMap((other) => other.program.instrs);
  if (writtenFields(others).has(pcField)) {
    const steps = places.flatMap((place) => movesAt(w, actor, place)).map(({ text }) => `::${text}`);
    return `active proctype ${actor.id}() {\nend: do\n${steps.join('\n')}\nod }`;
  }
  const first = w.start[fieldOf(w.spec.layout, pcField).offset] ?? 0;
  const inOrder = [first, ...places.filter((place) => place !== first)];
  const lines = inOrder.map((place) => {
    const moves = movesAt(w, actor, place).map((step) => `::${going(actor, step)}`);
    return moves.length === 0
      ? `end_${String(place)}: (false);`
      : `S_${String(place)}: if ${moves.join(' ')} fi;`;
  });
  return `active proctype ${actor.id}() {\n${lines.join('\n')}\n}`;
}

interface StepText {
  readonly text: string;
  /** Where the actor can come to rest after it. */
  readonly ends: readonly number[];
}

/** The moves of the step at a place; none at an end. */
function movesAt(w: Writing, actor: Actor, place: number): readonly StepText[] {
  const instr = at(actor.program.instrs, place);
  if (instr.k !== 'step') return [];
  return Array.from({ length: instr.moves }, (_, move) => {
    const c = contextOf(w, move);
    const tests = [
      `${pcOf(actor)}==${String(place)}`,
      promelaTest(actor.ready, c),
      promelaTest(instr.guard, c),
    ];
    const { text, ends } = workText({ w, actor, c }, place, promelaBody(instr.body, c));
    return { text: `d_step { (${tests.join('&&')}) -> ${text}skip }`, ends };
  });
}

interface Working {
  readonly w: Writing;
  readonly actor: Actor;
  readonly c: PromelaContext;
}

/** A step's statements and the local work after it; one that stops for ever goes to the last end. */
function workText(working: Working, place: number, body: string): StepText {
  const { actor } = working;
  const next = arrivalOf(working, place + 1);
  if (!body.includes('halted=1;')) return { text: `${body}${next.text}`, ends: next.ends };
  const stopped = actor.program.instrs.length - 1;
  const stop = `halted=0;${pcOf(actor)}=${String(stopped)}`;
  const text = `${body}if ::(halted!=0) -> ${stop} ::else -> ${next.text}skip fi;`;
  return { text, ends: [...new Set([...next.ends, stopped])] };
}

/** A step, and on to the label of where it ended. */
function going(actor: Actor, { text, ends }: StepText): string {
  const label = (end: number): string =>
    at(actor.program.instrs, end).k === 'end' ? `end_${String(end)}` : `S_${String(end)}`;
  if (ends.length === 1) return `${text}; goto ${label(at(ends, 0))}`;
  const ways = ends.map((end) => `::(${pcOf(actor)}==${String(end)}) -> goto ${label(end)}`);
  return `atomic { ${text}; if ${ways.join(' ')} fi }`;
}
