import { runInThisContext } from 'node:vm';
import type { EngineText, MakeEngine } from '../explorer/engine.ts';

function isMaker(value: unknown): value is MakeEngine {
  return typeof value === 'function';
}

/** Runs the text of an engine, which the core wrote, in Node. By itself, so that a thread needs nothing of what writes it. */
export function runText({ text }: EngineText): MakeEngine {
  const maker: unknown = runInThisContext(text, { filename: 'engine.js' });
  if (!isMaker(maker)) throw new Error('the text of an engine gave no function');
  return maker;
}
