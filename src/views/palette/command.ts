import { showScreen, WORKBENCH } from '../../store/screens.ts';

/** Something that can be done, by its name. */
export interface Command {
  readonly id: string;
  readonly group: string;
  readonly title: string;
  /** What else one might type for it. */
  readonly words?: string;
  /** The key that does it without this list, where there is one. */
  readonly key?: string;
  readonly run: () => void;
}

/** On the workbench, whatever screen is shown. */
export const onWorkbench = (act: () => void) => (): void => {
  showScreen(WORKBENCH);
  act();
};
