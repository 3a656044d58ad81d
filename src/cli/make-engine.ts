import {
  type Engine,
  type EngineOptions,
  engineText,
  type EngineText,
  tablesObject,
} from '../explorer/engine.ts';
import { firstWords } from '../explorer/first-words.ts';
import type { ModelSpec } from '../explorer/model.ts';
import { runText } from './run-text.ts';

/** Makes the engine of a model in Node. */
export function makeEngine(
  spec: ModelSpec,
  options: EngineOptions = {},
): { readonly engine: Engine; readonly text: EngineText } {
  const text = engineText(spec, options);
  return { engine: runText(text)(firstWords(spec), tablesObject(spec)), text };
}
