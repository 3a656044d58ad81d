import { lazy } from 'react';
import type { ScreenList } from './views/shell/screen-list.ts';

/** Every screen and companion, in the order of the header. Each is fetched when it is first shown: `lazy(() => import(...))`. */
export const SCREENS: ScreenList = {
  lessons: async () => (await import('./lessons/lesson-entries.ts')).LESSON_ENTRIES,
  screens: [
    {
      id: 'learn',
      title: 'Learn',
      component: lazy(() =>
        import('./lessons/learn-screen.tsx').then((module) => ({ default: module.LearnScreen })),
      ),
    },
    {
      id: 'audit',
      title: 'Audit',
      component: lazy(() =>
        import('./views/audit/audit-screen.tsx').then((module) => ({ default: module.AuditScreen })),
      ),
    },
    {
      id: 'reports',
      title: 'Reports',
      component: lazy(() =>
        import('./views/reports/reports-screen.tsx').then((module) => ({ default: module.ReportsScreen })),
      ),
    },
    {
      id: 'editor',
      title: 'Editor',
      component: lazy(() =>
        import('./views/editor/editor-screen.tsx').then((module) => ({ default: module.EditorScreen })),
      ),
    },
    {
      id: 'compare',
      title: 'Compare',
      component: lazy(() =>
        import('./views/compare/compare-screen.tsx').then((module) => ({ default: module.CompareScreen })),
      ),
    },
  ],
  docks: [
    {
      id: 'counterexample',
      title: 'Counterexample',
      component: lazy(() =>
        import('./views/counterexample/counterexample-dock.tsx').then((module) => ({
          default: module.CounterexampleDock,
        })),
      ),
    },
    {
      id: 'lesson',
      title: 'Lesson',
      component: lazy(() =>
        import('./lessons/lesson-dock.tsx').then((module) => ({ default: module.LessonDock })),
      ),
    },
    {
      id: 'cost',
      title: 'Cost of this run',
      component: lazy(() =>
        import('./views/cost/cost-dock.tsx').then((module) => ({ default: module.CostDock })),
      ),
    },
    {
      id: 'challenge',
      title: 'Challenge',
      component: lazy(() =>
        import('./lessons/challenge-dock.tsx').then((module) => ({ default: module.ChallengeDock })),
      ),
    },
  ],
};
