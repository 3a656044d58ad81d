import type { LessonEntry } from '../views/shell/screen-list.ts';
import { openStep } from './current-lesson.ts';
import { LESSONS } from './lessons.ts';

/** The lessons for those who look for one outside the screen of lessons: each opens at its first step. */
export const LESSON_ENTRIES: readonly LessonEntry[] = LESSONS.map((lesson) => ({
  id: lesson.id,
  title: lesson.title,
  about: lesson.about,
  open: () => void openStep(lesson, 0),
}));
