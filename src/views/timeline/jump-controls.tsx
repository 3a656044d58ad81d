import { jump } from '../../store/play.ts';
import { setEvent, useStops } from '../../store/stops.ts';
import { EVENT_KINDS, EVENT_WORDS } from '../../worker/events.ts';
import { Button } from '../controls/button.tsx';
import { Icon } from '../controls/icon.tsx';

/** From event to event of one kind; where none is recorded later, the run goes on until there is one. */
export function JumpControls() {
  const event = useStops((state) => state.event);
  return (
    <div className="tl-jump" role="group" aria-label="Jump from event to event">
      <Button
        label={`Before: ${EVENT_WORDS[event]}`}
        title="To the one before ([)"
        onClick={() => void jump(-1)}
      >
        <Icon name="back" />
      </Button>
      <select
        className="field"
        aria-label="Kind of event to jump to"
        data-keys="page"
        value={event}
        onChange={({ target }) => setEvent(EVENT_KINDS.find((kind) => kind === target.value) ?? event)}
      >
        {EVENT_KINDS.map((kind) => (
          <option key={kind} value={kind}>
            {EVENT_WORDS[kind]}
          </option>
        ))}
      </select>
      <Button label={`Next: ${EVENT_WORDS[event]}`} title="To the next one (])" onClick={() => void jump(1)}>
        <Icon name="play" />
      </Button>
    </div>
  );
}
