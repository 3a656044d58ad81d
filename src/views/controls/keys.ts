import {
  advance,
  back,
  dismissNotice,
  moveLine,
  runActor,
  runOn,
  seek,
  step,
  switchBranch,
  useWorkbench,
} from '../../store/workbench.ts';
import { jump, togglePlay } from '../../store/play.ts';
import { showDialog, useDialog } from '../../store/dialogs.ts';
import { showInspector, useInspector } from '../../store/inspector.ts';
import { usePalette } from '../../store/palette.ts';
import { leavePresenting, present, turnView, usePresenting } from '../../store/presenting.ts';
import { useScreen, WORKBENCH } from '../../store/screens.ts';

/** Every key that the page knows, for the help. */
export const KEYS: readonly { readonly keys: readonly string[]; readonly does: string }[] = [
  { keys: ['Space'], does: 'Play, or pause' },
  { keys: ['→'], does: 'Step on' },
  { keys: ['←'], does: 'Step back' },
  { keys: ['Shift →', 'Shift ←'], does: 'To the next line of the outer routine; back by one' },
  { keys: ['Home'], does: 'To the start' },
  { keys: ['End'], does: 'To the last step taken; from there, run to the end' },
  { keys: ['Page Up', 'Page Down'], does: 'On the timeline: ten steps back, ten steps on' },
  { keys: ['1', '…', '9'], does: 'Step that actor, in the order of the timeline’s lanes' },
  { keys: ['Shift 1', '…', 'Shift 9'], does: 'Run that actor until it cannot move' },
  { keys: ['F'], does: 'Run until a property fails' },
  { keys: ['[', ']'], does: 'To the event before, the next event, of the kind chosen at the timeline' },
  { keys: ['B', 'Shift B'], does: 'Show the next branch, the one before' },
  { keys: ['I'], does: 'Show or hide the inspector of what is chosen' },
  { keys: ['Ctrl Enter'], does: 'In the dialog of the design: apply what was changed' },
  { keys: ['U'], does: 'Bring back the design before, with its run' },
  { keys: ['P'], does: 'Present: one view fills the page, large, for a projector' },
  { keys: ['V', 'Shift V'], does: 'While presenting: the next view, the one before' },
  { keys: ['D'], does: 'On Compare: to the first step that differs; F: to the first that breaks a property' },
  {
    keys: ['Shift Space'],
    does: 'On Compare: play both back; [ and ]: to the difference before, the next one',
  },
  { keys: ['Ctrl K', '⌘ K'], does: 'Every command, by its name' },
  { keys: ['?'], does: 'This help' },
  { keys: ['Esc'], does: 'Close what is open, and what is told at the foot; pause; end presenting' },
];

function stepActor(number: number): void {
  const choice = useWorkbench.getState().choices.find(({ actor, enabled }) => actor === number && enabled);
  if (choice !== undefined) void step(choice.actor, choice.move);
}

function toEnd(): void {
  const { cursor, length } = useWorkbench.getState();
  void (cursor < length ? seek(length) : runOn());
}

/** From branch to branch, in the order of their lanes. */
function nextBranch(by: number): void {
  const { branches, branch } = useWorkbench.getState();
  const here = branches.findIndex(({ id }) => id === branch);
  const next = branches[(here + by + branches.length) % branches.length];
  if (next !== undefined && next.id !== branch) void switchBranch(next.id);
}

function runNumbered(actor: number): void {
  const canMove = useWorkbench.getState().choices.some((choice) => choice.actor === actor && choice.enabled);
  if (canMove) void runActor(actor);
}

const COMMANDS: Readonly<Record<string, () => void>> = {
  ' ': togglePlay,
  ArrowRight: () => void advance(),
  ArrowLeft: () => void back(),
  'Shift ArrowRight': () => void moveLine(1),
  'Shift ArrowLeft': () => void moveLine(-1),
  Home: () => void seek(0),
  End: toEnd,
  f: () => void jump(1, 'violation'),
  '[': () => void jump(-1),
  ']': () => void jump(1),
  b: () => nextBranch(1),
  B: () => nextBranch(-1),
  i: () => showInspector(!useInspector.getState().wanted),
  u: () => void import('../../store/design.ts').then(({ undoDesign }) => undoDesign()),
  '?': () => showDialog('help'),
  p: () => (usePresenting.getState().view === null ? present : leavePresenting)(),
  v: () => turnView(1),
  V: () => turnView(-1),
  Escape: () => {
    useWorkbench.setState({ playing: false });
    if (useWorkbench.getState().notice?.reopen === false) dismissNotice();
    leavePresenting();
  },
};

/** What a key does on the page, wherever the focus is; undefined when nothing. Digits are known by their place: Shift makes other signs of them. */
function commandOf({ key, code, shiftKey }: KeyboardEvent): (() => void) | undefined {
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(code)?.[1] ?? (/^[1-9]$/.test(key) ? key : undefined);
  if (digit !== undefined) return () => (shiftKey ? runNumbered : stepActor)(Number(digit) - 1);
  return COMMANDS[shiftKey && key.startsWith('Arrow') ? `Shift ${key}` : key];
}

/** Lists that are marked so have few lines: arrows choose one, letters stay the page’s. */
const TYPED_INTO =
  'input:not([type="checkbox"], [type="radio"]), select:not([data-keys="page"]), textarea, [contenteditable="true"]';
const OWN_ARROWS =
  'select, input[type="radio"], [role="tab"], [role="tree"], [role="grid"], [role="treegrid"], [role="listbox"], [role="radio"], [role="separator"]';
const OWN_SPACE =
  'select, button, a[href], summary, input, [role="option"], [role="button"], [role="treeitem"]';

/** Whether the element that has the focus needs this key itself: text is typed into it, or it moves or presses by it. */
export function belongsElsewhere(key: string, target: Element): boolean {
  if (target.closest(TYPED_INTO) !== null) return true;
  if (key === ' ') return target.closest(OWN_SPACE) !== null;
  return /^(Arrow|Home|End)/.test(key) && target.closest(OWN_ARROWS) !== null;
}

/** Listens to the keys of the page. Gives a function that stops it. */
export function listenToKeys(): () => void {
  const pressed = (event: KeyboardEvent): void => {
    const { key, target, ctrlKey, metaKey, altKey } = event;
    if (usePalette.getState().isOpen) return;
    if (event.defaultPrevented || ctrlKey || metaKey || altKey || useDialog.getState().dialog !== null)
      return;
    if (target instanceof Element && belongsElsewhere(key, target)) return;
    const isElsewhere = useScreen.getState().screen !== WORKBENCH && key !== '?';
    const command = isElsewhere ? undefined : commandOf(event);
    if (command === undefined) return;
    event.preventDefault();
    command();
  };
  addEventListener('keydown', pressed);
  return () => {
    removeEventListener('keydown', pressed);
  };
}
