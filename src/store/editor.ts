import { create } from 'zustand';
import { problemsOf } from '../formats/scenario-check.ts';
import type { ScenarioDocument } from '../formats/scenario-document.ts';
import { documentOfScenario } from '../formats/scenario-from.ts';
import type { Problem } from '../formats/scenario-problem.ts';
import { readScenarioFile, scenarioFileText } from '../formats/scenario-file.ts';
import { at } from '../lib/at.ts';
import { SCENARIOS } from '../scenarios/scenarios.ts';
import { remember, remembered } from './memory.ts';

export interface EditorState {
  readonly document: ScenarioDocument;
  readonly problems: readonly Problem[];
  /** Documents before, the latest last; and those taken back, the next to come last. */
  readonly past: readonly ScenarioDocument[];
  readonly future: readonly ScenarioDocument[];
  /** The text that the latest change was typed into; null for every other change. */
  readonly typed: Typed | null;
}

const TYPED = ['title', 'about'] as const;
type Typed = (typeof TYPED)[number];

const KEY = 'limbo:editor';
const LONGEST_PAST = 200;

export const useEditor = create<EditorState>(() => stateOf(rememberedDocument() ?? firstDocument()));

const { getState: get, setState: set } = useEditor;

function stateOf(document: ScenarioDocument): EditorState {
  return { document, problems: problemsOf(document), past: [], future: [], typed: null };
}

function firstDocument(): ScenarioDocument {
  const document = documentOfScenario(at(SCENARIOS, 0));
  if (document === null) throw new Error('the first scenario cannot be edited');
  return document;
}

/** The draft that was left here; null where there is none, or one with problems: what cannot be read is not brought back. */
function rememberedDocument(): ScenarioDocument | null {
  try {
    return readScenarioFile(JSON.parse(remembered(KEY) ?? 'null'), 'draft');
  } catch {
    return null;
  }
}

type History = Pick<EditorState, 'past' | 'future' | 'typed'>;

function show(document: ScenarioDocument, { past, future, typed }: History): void {
  remember(KEY, scenarioFileText(document));
  set({ document, problems: problemsOf(document), past: past.slice(-LONGEST_PAST), future, typed });
}

/** Changes the scenario; what was before can be had back. All that is typed into a text one after the other is one change. */
export function edit(change: Partial<ScenarioDocument>): void {
  const { document, past, typed: before } = get();
  const typed = TYPED.find((text) => Object.keys(change).join() === text) ?? null;
  const goesOn = typed !== null && typed === before;
  show({ ...document, ...change }, { past: goesOn ? past : [...past, document], future: [], typed });
}

/** Puts another scenario in place of the one on screen, which can be had back. */
export function startFrom(document: ScenarioDocument): void {
  edit(document);
}

export function undo(): void {
  const { document, past, future } = get();
  const before = past.at(-1);
  if (before !== undefined)
    show(before, { past: past.slice(0, -1), future: [...future, document], typed: null });
}

export function redo(): void {
  const { document, past, future } = get();
  const next = future.at(-1);
  if (next !== undefined) show(next, { past: [...past, document], future: future.slice(0, -1), typed: null });
}
