import type { Lesson } from './lesson.ts';
import { KERNEL_LESSONS } from './texts/kernel.ts';
import { MACHINE_LESSONS } from './texts/machine.ts';
import { RELOCATION_LESSONS } from './texts/relocation.ts';

/** All lessons, in the order in which they build on each other. */
export const LESSONS: readonly Lesson[] = [...MACHINE_LESSONS, ...KERNEL_LESSONS, ...RELOCATION_LESSONS];

export function lessonOf(id: string | undefined): Lesson | null {
  return LESSONS.find((lesson) => lesson.id === id) ?? null;
}
