import { Dialog } from '@base-ui/react/dialog';
import { Command } from 'cmdk';
import { useEffect, useState } from 'react';
import { useScreen } from '../../store/screens.ts';
import { usePalette } from '../../store/palette.ts';
import type { LessonEntry, ScreenList } from '../shell/screen-list.ts';
import type { Command as CommandData } from './command.ts';
import { commandsNow, type NamedScreen } from './commands.ts';
import { rank } from './rank.ts';
import './palette.css';

function byGroup(commands: readonly CommandData[]): readonly (readonly [string, readonly CommandData[]])[] {
  const groups = new Map<string, CommandData[]>();
  for (const command of commands) groups.set(command.group, [...(groups.get(command.group) ?? []), command]);
  return [...groups];
}

interface PaletteProps {
  readonly screens: readonly NamedScreen[];
  readonly lessons: ScreenList['lessons'];
}

/** Every command by its name: type some of it, choose with the arrows, Enter does it. */
export function Palette(props: PaletteProps) {
  const isOpen = usePalette((state) => state.isOpen);
  return (
    <Dialog.Root open={isOpen} onOpenChange={(next) => usePalette.setState({ isOpen: next })}>
      <Dialog.Portal>
        <Dialog.Backdrop className="dialog-backdrop" />
        <Dialog.Popup className="palette" aria-label="Commands" finalFocus={whereToGoOn}>
          <Commands {...props} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** The focus goes back to where it was; what had it is gone where a command led to another screen: to the head of that. */
function whereToGoOn(): HTMLElement | boolean {
  const isElsewhere = useScreen.getState().screen !== usePalette.getState().openedOn;
  return isElsewhere ? (document.querySelector<HTMLElement>('main') ?? true) : true;
}

/** A command is worth what its name is; its other words find it, behind those whose names say it. */
function best(typed: string, [title = '', other = '']: readonly string[]): number {
  return Math.max(rank(typed, title), rank(typed, other) / 2);
}

function Commands({ screens, lessons }: PaletteProps) {
  const [entries, setEntries] = useState<readonly LessonEntry[]>([]);
  useEffect(() => void lessons().then(setEntries), [lessons]);
  const groups = byGroup(commandsNow(screens, entries));
  return (
    <Command label="Commands" loop filter={(_, typed, texts = []) => best(typed, texts)}>
      <Command.Input className="palette-input" placeholder="Type a command, a scenario, a design …" />
      <Command.List className="palette-list">
        <Command.Empty className="palette-empty">Nothing is called so. Try a shorter word.</Command.Empty>
        {groups.map(([group, commands]) => (
          <Command.Group key={group} heading={group} className="palette-group">
            {commands.map(({ id, title, words = '', key = '', run }) => (
              <Command.Item
                key={id}
                value={id}
                keywords={[title, `${group} ${words} ${title}`]}
                className="palette-item"
                onSelect={() => {
                  usePalette.setState({ isOpen: false });
                  run();
                }}
              >
                {title}
                {key !== '' && <kbd>{key}</kbd>}
              </Command.Item>
            ))}
          </Command.Group>
        ))}
      </Command.List>
    </Command>
  );
}
