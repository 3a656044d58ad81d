import type { ScreenList } from './views/shell/screen-list.ts';

/** Every screen and companion, in the order of the header. Each is fetched when it is first shown: `lazy(() => import(...))`. */
export const SCREENS: ScreenList = {
  screens: [],
  docks: [],
};
