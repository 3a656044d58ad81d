import type { Challenge } from '../challenge.ts';
import { CHALLENGES } from '../challenges.ts';
import { CONCEPTS } from '../concepts.ts';
import type { Lesson } from '../lesson.ts';
import { LESSONS } from '../lessons.ts';

/** All that a lesson says, sentence by sentence where it says so. */
export function textsOfLesson({ title, about, steps }: Lesson): readonly string[] {
  const told = steps.flatMap(({ text, todo, predict }) => [
    ...text,
    ...(predict === undefined ? [] : [predict.ask]),
    ...(predict?.options.flatMap((option) => [option.text, option.why]) ?? []),
    ...todo,
  ]);
  return [title, about, ...told];
}

export const textsOfChallenge = ({ title, story }: Challenge): readonly string[] => [title, story];

/** Every text of lessons, challenges and index, with where it stands. */
export const ALL_TEXTS: readonly { readonly where: string; readonly texts: readonly string[] }[] = [
  ...LESSONS.map((lesson) => ({ where: `lesson ${lesson.id}`, texts: textsOfLesson(lesson) })),
  ...CHALLENGES.map((one) => ({ where: `challenge ${one.id}`, texts: textsOfChallenge(one) })),
  ...CONCEPTS.map(({ word, means }) => ({ where: `index, ${word}`, texts: [word, means] })),
];
