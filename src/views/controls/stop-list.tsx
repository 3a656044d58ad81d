import { toggleLine, toggleWatch, useStops } from '../../store/stops.ts';
import { select, useWorkbench } from '../../store/workbench.ts';
import { actorName } from '../shell/actor-name.ts';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';

/** Where playing and running stop, as the reader has set it; each can be taken away. */
export function StopList() {
  const { watches, lines } = useStops();
  const opened = useWorkbench((state) => state.opened);
  if (watches.length + lines.length === 0)
    return (
      <p className="stops-none">
        To stop elsewhere: press left of a line of a program, or “Stop at changes” of what you have chosen.
      </p>
    );
  return (
    <ul className="stops" aria-label="Runs stop">
      {watches.map((watch) => (
        <li key={watch.name}>
          <button className="stop-name" onClick={() => select(watch.of)}>
            when {watch.name} changes
          </button>
          <Remove name={`changes of ${watch.name}`} onClick={() => toggleWatch(watch)} />
        </li>
      ))}
      {lines.map(({ actor, line }) => {
        const text = `where ${actorName(opened?.actors[actor])} is at “${opened?.programs[actor]?.lines[line]?.text ?? ''}”`;
        return (
          <li key={`${String(actor)} ${String(line)}`}>
            <span>{text}</span>
            <Remove name={text} onClick={() => toggleLine(actor, line)} />
          </li>
        );
      })}
    </ul>
  );
}

function Remove({ name, onClick }: { readonly name: string; readonly onClick: () => void }) {
  return (
    <Button look="quiet" label={`No longer stop: ${name}`} onClick={onClick}>
      <Icon name="close" />
    </Button>
  );
}
