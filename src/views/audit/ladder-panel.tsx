import { RUNGS, type Rung } from '../../designs/ladder/rungs.ts';
import type { Design } from '../../kernel/design.ts';
import { openCounterexample } from '../../store/counterexample.ts';
import { scheduleOfTokens } from '../../store/subject-rows.ts';
import { Button } from '../controls/button.tsx';
import { titleOf } from './words.ts';

/** How limbo-repaired was found: a design, the schedule that breaks it, the rule added, and the next. */
export function LadderPanel() {
  return (
    <section className="repairs" aria-labelledby="ladder-title">
      <h3 id="ladder-title">The ladder to “limbo-repaired”</h3>
      <p>From 2008-05-09 up: each rung’s design is broken by its schedule, and one rule is added.</p>
      <div className="audit-scroll">
        <table className="what-if-changes">
          <thead>
            <tr>
              <th scope="col">What happens</th>
              <th scope="col">Breaks</th>
              <th scope="col">In</th>
              <th scope="col">The rule added</th>
              <th scope="col">Schedule</th>
            </tr>
          </thead>
          <tbody>
            {RUNGS.map((rung, i) => (
              <RungRow key={rung.choice} rung={rung} before={RUNGS.slice(0, i)} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function RungRow({ rung, before }: { readonly rung: Rung; readonly before: readonly Rung[] }) {
  const { scenario, property, why, rule, schedule, choice, value } = rung;
  const overrides: Partial<Design> = Object.fromEntries(before.map((one) => [one.choice, one.value]));
  const subject = { scenario, version: '2008-05-09', overrides };
  const tokens = schedule.split(' ');
  const opened = (): void => {
    void openCounterexample({ subject, property, schedule: scheduleOfTokens(tokens, subject) });
  };
  return (
    <tr>
      <th scope="row">{why}</th>
      <td>{titleOf('property', property)}</td>
      <td>{scenario}</td>
      <td>
        {rule} <code>{`${choice}=${value}`}</code>
      </td>
      <td>
        <Button label={`Open ${String(tokens.length)} steps: the rung of ${choice}`} onClick={opened}>
          Open {tokens.length} steps
        </Button>
      </td>
    </tr>
  );
}
