import type { AuditRow } from '../reports/audit.ts';
import type { Exercise, ExerciseKind } from './exercise.ts';
import { ostepExercise } from './ostep-sheet.ts';
import { propertyExercise } from './property-sheet.ts';
import { tlbExercise } from './tlb-sheet.ts';
import { translationExercise } from './translation.ts';

/** The sheet of a kind and a seed. `rows` are the audit's, which `property` asks about. */
export function makeExercise(kind: ExerciseKind, seed: number, rows: readonly AuditRow[]): Exercise {
  if (kind === 'ostep') return ostepExercise(seed);
  if (kind === 'tlb') return tlbExercise(seed);
  if (kind === 'property') return propertyExercise(seed, rows);
  return translationExercise(kind, seed);
}
