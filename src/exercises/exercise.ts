/** Kinds of exercise, in the order of display. */
export const EXERCISE_KINDS = [
  'ostep',
  'x86-32',
  'x86-32-pae',
  'x86-64-4',
  'x86-64-5',
  'tlb',
  'property',
] as const;
export type ExerciseKind = (typeof EXERCISE_KINDS)[number];

/** Something printed above the questions, a line a row, in a fixed-width face. */
export interface Given {
  readonly title: string;
  readonly lines: readonly string[];
}

export interface Question {
  readonly ask: string;
  /** As the key prints it. */
  readonly answer: string;
  /** The way to it, a sentence or a line each. */
  readonly why: readonly string[];
  /** The answers to choose from; empty where the answer is written. */
  readonly options: readonly string[];
}

/** One sheet: the same kind and seed give the same sheet everywhere. */
export interface Exercise {
  readonly kind: ExerciseKind;
  /** 0 to 2^31 - 1. */
  readonly seed: number;
  readonly title: string;
  /** What to do, and in which form to answer. */
  readonly task: string;
  readonly given: readonly Given[];
  readonly questions: readonly Question[];
}

export const EXERCISE_TITLES: Readonly<Record<ExerciseKind, string>> = {
  ostep: 'Translate by hand: 15-bit addresses, pages of 32 bytes (as in OSTEP)',
  'x86-32': 'Translate by hand: x86 with two levels',
  'x86-32-pae': 'Translate by hand: x86 with PAE',
  'x86-64-4': 'Translate by hand: x86-64 with four levels',
  'x86-64-5': 'Translate by hand: x86-64 with five levels',
  tlb: 'What do the TLBs hold after this trace?',
  property: 'Which property fails?',
};

/** What the title of a kind says of a word from outside; null when there is no such kind. */
export function exerciseKind(text: string): ExerciseKind | null {
  return EXERCISE_KINDS.find((kind) => kind === text) ?? null;
}

/** Answers are compared without spaces, case, `0x` and leading zeros, punctuation. */
function plain(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/\b0x/g, '')
    .replaceAll(/\b0+(?=[0-9a-f])/g, '')
    .replaceAll(/[^a-z0-9]/g, '');
}

/** Whether what a learner wrote is the answer. */
export function isRight({ answer }: Question, given: string): boolean {
  return plain(given) === plain(answer);
}
