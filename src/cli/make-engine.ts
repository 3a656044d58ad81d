import {
  type Engine,
  type EngineOptions,
  engineText,
  type EngineText,
  tablesObject,
} from '../explorer/engine.ts';
import { createMachine, createModel, type ModelSpec } from '../explorer/model.ts';
import { runText } from './run-text.ts';

/** Makes the engine of a model in Node. */
export function makeEngine(
  spec: ModelSpec,
  options: EngineOptions = {},
): { readonly engine: Engine; readonly text: EngineText } {
  const text = engineText(spec, options);
  const { words } = createMachine(createModel(spec));
  return { engine: runText(text)(words, tablesObject(spec)), text };
}
