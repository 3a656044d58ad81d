import { runInThisContext } from 'node:vm';
import {
  type Engine,
  type EngineOptions,
  engineText,
  type EngineText,
  type MakeEngine,
  tablesObject,
} from '../explorer/engine.ts';
import { createMachine, createModel, type ModelSpec } from '../explorer/model.ts';

function isMaker(value: unknown): value is MakeEngine {
  return typeof value === 'function';
}

/** Makes the engine of a model in Node: the text that the core wrote is run here. */
export function makeEngine(
  spec: ModelSpec,
  options: EngineOptions = {},
): { readonly engine: Engine; readonly text: EngineText } {
  const text = engineText(spec, options);
  const maker: unknown = runInThisContext(text.text, { filename: 'engine.js' });
  if (!isMaker(maker)) throw new Error('the text of an engine gave no function');
  const { words } = createMachine(createModel(spec));
  return { engine: maker(words, tablesObject(spec)), text };
}
