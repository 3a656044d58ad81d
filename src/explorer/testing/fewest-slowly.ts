import { isDeadlock } from '../deadlock.ts';
import { createMachine, isEnabled, type Model, moveCount, takeStep } from '../model.ts';
import { keyOf } from '../naive-search.ts';

/**
 * The fewest switches with which a property can be broken, -1 where it cannot; the slow, obvious way: all places with 0 switches, then with 1, and so
 * on; whole states as keys.
 */
export function fewestSlowly(model: Model, property: string): number {
  const machine = createMachine(model);
  let places = [{ words: machine.words.slice(), last: -1 }];
  const seen = new Set<string>();
  for (let switches = 0; places.length > 0; switches++) {
    const next: typeof places = [];
    let isBroken = false;
    for (const { words, last } of places) {
      const key = `${String(last)} ${keyOf(words)}`;
      if (seen.has(key)) continue;
      seen.add(key);
      machine.words.set(words);
      if (property === 'no-deadlock' && isDeadlock(model, machine)) return switches;
      for (let actor = 0; actor < model.linked.length; actor++) {
        machine.words.set(words);
        for (let move = 0, moves = moveCount(model, machine, actor); move < moves; move++) {
          machine.words.set(words);
          if (!isEnabled(model, machine, actor, move)) continue;
          const found = takeStep(model, machine, actor, move);
          machine.journal.length = 0;
          const isSwitch = last >= 0 && last !== actor;
          const breaks = found.some(({ id, kind }) => kind === 'violation' && id === property);
          if (breaks && !isSwitch) return switches;
          isBroken ||= breaks;
          (isSwitch ? next : places).push({ words: machine.words.slice(), last: actor });
        }
      }
    }
    if (isBroken) return switches + 1;
    places = next;
  }
  return -1;
}
