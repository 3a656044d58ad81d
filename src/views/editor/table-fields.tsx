import { pagesOf, type TableDocument } from '../../formats/scenario-document.ts';
import { withItem } from '../../formats/scenario-edits.ts';
import { shapeLevels } from '../../scenarios/small-world.ts';
import { useEditor } from '../../store/editor.ts';
import { Button } from '../controls/button.tsx';
import { ChoiceField, IndexField, PartProblem } from './fields.tsx';

interface TableProps {
  readonly tables: readonly TableDocument[];
  /** Of the action. */
  readonly path: string;
  readonly onChange: (tables: readonly TableDocument[]) => void;
}

/** The tables that a relocation moves, in its order. */
export function TableFields({ tables, path, onChange }: TableProps) {
  const document = useEditor((state) => state.document);
  const levels = shapeLevels(document.geometry).map(({ name }) => ({ value: name, words: name }));
  return (
    <div className="editor-tables">
      {tables.map((table, i) => (
        <div className="editor-row" key={i}>
          <ChoiceField
            label={`Table ${i + 1}`}
            path={`${path}.tables.${i}.level`}
            value={table.level}
            options={levels}
            onChange={(level) => onChange(withItem(tables, i, { ...table, level }))}
          />
          <IndexField
            label="On the way to"
            path={`${path}.tables.${i}.va`}
            value={table.va}
            count={pagesOf(document).length}
            prefix="va"
            onChange={(va) => onChange(withItem(tables, i, { ...table, va }))}
          />
          <Button
            look="quiet"
            label={`Leave out table ${i + 1}`}
            onClick={() => onChange(withItem(tables, i, undefined))}
          >
            ×
          </Button>
        </div>
      ))}
      <PartProblem path={`${path}.tables`} />
      <Button onClick={() => onChange([...tables, { level: 'PTE', va: 0 }])}>Add a table</Button>
    </div>
  );
}
