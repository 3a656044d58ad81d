import type { ComponentType } from 'react';

/** A screen beside the workbench, or a companion that stands next to it; each is fetched when it is first shown. */
export interface ScreenEntry {
  /** As in the address: `#screen=reports`. */
  readonly id: string;
  /** Its name in the header. */
  readonly title: string;
  readonly component: ComponentType;
}

/** Something that leads to a lesson. */
export interface LessonEntry {
  readonly id: string;
  readonly title: string;
  readonly about: string;
  readonly open: () => void;
}

export interface ScreenList {
  readonly screens: readonly ScreenEntry[];
  /** Companions: drawn at the left of the workbench's views while `useDock` names them. */
  readonly docks: readonly ScreenEntry[];
  /** All lessons, in their order; fetched when they are first wanted. */
  readonly lessons: () => Promise<readonly LessonEntry[]>;
}
