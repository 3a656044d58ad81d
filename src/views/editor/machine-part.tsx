import { withItem } from '../../formats/scenario-edits.ts';
import type { Shape } from '../../scenarios/small-world.ts';
import { edit, useEditor } from '../../store/editor.ts';
import { Button } from '../controls/button.tsx';
import { CheckField, ChoiceField, IndexField, NumberField, PartProblem } from './fields.tsx';

const GEOMETRIES: readonly { readonly value: Shape; readonly words: string }[] = [
  { value: 'two', words: '2 levels (PGD, PTE)' },
  { value: 'three', words: '3 levels (PGD, PMD, PTE)' },
  { value: 'pae', words: 'PAE (4-entry PGD in registers)' },
  { value: 'four', words: '4 levels' },
  { value: 'five', words: '5 levels' },
];

/** Geometry, nodes, CPUs, and what else the machine does. */
export function MachinePart() {
  const { geometry, nodes, cpus } = useEditor((state) => state.document);
  return (
    <section className="editor-part" aria-labelledby="editor-machine">
      <h3 id="editor-machine">Machine</h3>
      <ChoiceField
        label="Geometry"
        path="geometry"
        value={geometry}
        options={GEOMETRIES}
        onChange={(value) => edit({ geometry: value })}
      />
      <ul className="editor-list" aria-label="Nodes">
        {nodes.map(({ freeTables }, node) => (
          <li key={node}>
            <strong>Node {node}</strong>
            <NumberField
              label={node === 0 ? 'Spare table frames' : 'Free table frames'}
              path={`nodes.${node}.freeTables`}
              value={freeTables}
              onChange={(value) => edit({ nodes: withItem(nodes, node, { freeTables: value }) })}
            />
          </li>
        ))}
      </ul>
      <PartProblem path="nodes" />
      <p className="editor-buttons">
        <Button onClick={() => edit({ nodes: [...nodes, { freeTables: 1 }] })}>Add a node</Button>
        <Button unavailable={nodes.length <= 2} onClick={() => edit({ nodes: nodes.slice(0, -1) })}>
          Remove the last node
        </Button>
      </p>
      <ul className="editor-list" aria-label="CPUs">
        {cpus.map(({ node }, cpu) => (
          <li key={cpu}>
            <IndexField
              label={`CPU${cpu} is on`}
              path={`cpus.${cpu}.node`}
              value={node}
              count={nodes.length}
              prefix="node "
              onChange={(value) => edit({ cpus: withItem(cpus, cpu, { node: value }) })}
            />
          </li>
        ))}
      </ul>
      <PartProblem path="cpus" />
      <p className="editor-buttons">
        <Button onClick={() => edit({ cpus: [...cpus, { node: 0 }] })}>Add a CPU</Button>
        <Button unavailable={cpus.length <= 1} onClick={() => edit({ cpus: cpus.slice(0, -1) })}>
          Remove the last CPU
        </Button>
      </p>
      <SwitchFields />
    </section>
  );
}

function SwitchFields() {
  const { splitLocks, allocationSleeps, speculation, cpus } = useEditor((state) => state.document);
  return (
    <>
      <CheckField
        label="A lock for each PTE table (split locks)"
        checked={splitLocks}
        onChange={(on) => edit({ splitLocks: on })}
      />
      <CheckField
        label="Page allocations in faults sleep"
        checked={allocationSleeps}
        onChange={(on) => edit({ allocationSleeps: on })}
      />
      <CheckField
        label="Speculative walks"
        checked={speculation !== null}
        onChange={(on) => edit({ speculation: on ? { cpu: 0, walks: 1 } : null })}
      />
      {speculation !== null && (
        <div className="editor-row">
          <IndexField
            label="By"
            path="speculation.cpu"
            value={speculation.cpu}
            count={cpus.length}
            prefix="CPU"
            onChange={(cpu) => edit({ speculation: { ...speculation, cpu } })}
          />
          <NumberField
            label="Walks at most"
            path="speculation.walks"
            value={speculation.walks}
            onChange={(walks) => edit({ speculation: { ...speculation, walks } })}
          />
        </div>
      )}
    </>
  );
}
