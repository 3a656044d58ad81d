import type { ScenarioDocument, SecondMaps } from '../../formats/scenario-document.ts';
import { shapeLevels } from '../../scenarios/small-world.ts';
import { edit, useEditor } from '../../store/editor.ts';
import { CheckField, ChoiceField, SetField, TextField } from './fields.tsx';

/** One process or two, and which CPUs run them at the start. */
export function ProcessPart() {
  const { process, second, cpus } = useEditor((state) => state.document);
  return (
    <section className="editor-part" aria-labelledby="editor-processes">
      <h3 id="editor-processes">Processes</h3>
      <div className="editor-box">
        <TextField
          label="Name of the process"
          path="process.name"
          value={process.name}
          onChange={(name) => edit({ process: { ...process, name } })}
        />
        <SetField
          label="Run at the start by"
          path="process.cpus"
          chosen={process.cpus}
          count={cpus.length}
          prefix="CPU"
          onChange={(chosen) => edit({ process: { ...process, cpus: chosen } })}
        />
      </div>
      <CheckField
        label="A second process at the same addresses"
        checked={second !== null}
        onChange={(on) => edit({ second: on ? { name: 'child', cpus: [], maps: 'nothing' } : null })}
      />
      {second !== null && <SecondProcess second={second} />}
    </section>
  );
}

type Second = NonNullable<ScenarioDocument['second']>;

function SecondProcess({ second }: { readonly second: Second }) {
  const { cpus, geometry } = useEditor((state) => state.document);
  const shared = shapeLevels(geometry)
    .slice(1)
    .map(({ name }) => ({
      value: name,
      words: `The first one’s tables from ${name} down`,
      maps: { sharedFrom: name },
    }));
  const options: readonly { readonly value: string; readonly words: string; readonly maps: SecondMaps }[] = [
    { value: 'nothing', words: 'Nothing yet (a child about to be forked)', maps: 'nothing' },
    { value: 'pages', words: 'The same pages, by tables of its own', maps: 'pages' },
    ...shared,
  ];
  const { maps } = second;
  return (
    <div className="editor-box">
      <TextField
        label="Name of the second process"
        path="second.name"
        value={second.name}
        onChange={(name) => edit({ second: { ...second, name } })}
      />
      <ChoiceField
        label="It maps"
        path="second.maps"
        value={typeof maps === 'string' ? maps : maps.sharedFrom}
        options={options}
        onChange={(value) => {
          const chosen = options.find((option) => option.value === value);
          if (chosen !== undefined) edit({ second: { ...second, maps: chosen.maps } });
        }}
      />
      <SetField
        label="Run at the start by"
        path="second.cpus"
        chosen={second.cpus}
        count={cpus.length}
        prefix="CPU"
        onChange={(chosen) => edit({ second: { ...second, cpus: chosen } })}
      />
    </div>
  );
}
