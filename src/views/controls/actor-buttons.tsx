import { step, useWorkbench } from '../../store/workbench.ts';
import { shortActorName } from '../shell/actor-name.ts';
import { Button } from './button.tsx';

/** A button for each actor: steps it, whoever's turn it is; says why where it cannot move. */
export function ActorButtons() {
  const actors = useWorkbench((state) => state.opened?.actors);
  return (
    <div className="actors" role="group" aria-label="Step an actor">
      {actors?.map(({ id }, actor) => (
        <ActorButton key={id} actor={actor} />
      ))}
    </div>
  );
}

function ActorButton({ actor }: { readonly actor: number }) {
  const info = useWorkbench((state) => state.opened?.actors[actor]);
  const choice = useWorkbench(({ following }) => following.choices.find((c) => c.actor === actor));
  const canMove = choice?.enabled ?? false;
  const reason = choice === undefined ? 'at its end' : choice.why;
  const title = canMove ? `Step: ${choice?.label ?? ''}` : `Cannot move: ${reason}`;
  return (
    <Button
      className="actor-button"
      title={
        actor < 9 ? `${title} (key ${String(actor + 1)}; with Shift it runs until it cannot move)` : title
      }
      unavailable={!canMove}
      onClick={() => void step(actor, choice?.move)}
    >
      {actor < 9 && <kbd>{actor + 1}</kbd>}
      <span className="actor-name" data-cpu={info?.cpu}>
        {shortActorName(info)}
      </span>
    </Button>
  );
}
