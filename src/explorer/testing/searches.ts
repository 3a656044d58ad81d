import { runInThisContext } from 'node:vm';
import { engineText, type EngineText, type Engine, type MakeEngine, tablesObject } from '../engine.ts';
import { createMachine, createModel, type ModelSpec } from '../model.ts';
import { type Findings, searchOn, startSearch } from '../search.ts';

export interface Compiled {
  readonly text: EngineText;
  readonly engine: Engine;
}

/** The engine of a model, written and run. */
export function engineOf(spec: ModelSpec, reduce = false): Compiled {
  const text = engineText(spec, { reduce });
  const make = runInThisContext(text.text) as MakeEngine;
  return { text, engine: make(createMachine(createModel(spec)).words, tablesObject(spec)) };
}

/** A search to its end, a few states at a time. */
export function searched(spec: ModelSpec, reduce = false): Findings {
  const { engine, text } = engineOf(spec, reduce);
  const search = startSearch(engine, text);
  while (!searchOn(search, 7));
  return search;
}
