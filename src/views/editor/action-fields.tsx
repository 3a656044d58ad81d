import { type ActionDocument, pagesOf } from '../../formats/scenario-document.ts';
import { newAction } from '../../formats/scenario-edits.ts';
import { useEditor } from '../../store/editor.ts';
import { ChoiceField, IndexField, SetField } from './fields.tsx';
import { TableFields } from './table-fields.tsx';

const KINDS: readonly { readonly value: ActionDocument['do']; readonly words: string }[] = [
  { value: 'access', words: 'reads or writes' },
  { value: 'relocate-mm', words: 'relocates the whole process' },
  { value: 'relocate', words: 'relocates named tables' },
  { value: 'reclaim', words: 'reclaims a page' },
  { value: 'migrate-collect', words: 'collects a page to migrate it' },
  { value: 'madvise', words: 'gives a page up (madvise)' },
  { value: 'mremap', words: 'mremap' },
  { value: 'munmap', words: 'munmap, and the table' },
  { value: 'fork', words: 'fork' },
  { value: 'kernel-thread', words: 'runs a kernel thread lazily' },
];

interface ActionProps {
  readonly action: ActionDocument;
  readonly path: string;
  readonly onChange: (action: ActionDocument) => void;
}

/** One action: its kind, and what that kind asks for. */
export function ActionFields({ action, path, onChange }: ActionProps) {
  return (
    <div className="editor-row">
      <ChoiceField
        label="Action"
        path={`${path}.do`}
        value={action.do}
        options={KINDS}
        onChange={(kind) => onChange(newAction(kind))}
      />
      <Details action={action} path={path} onChange={onChange} />
    </div>
  );
}

function Details({ action, path, onChange }: ActionProps) {
  const document = useEditor((state) => state.document);
  const vas = { count: pagesOf(document).length, prefix: 'va' };
  const nodes = { count: document.nodes.length, prefix: 'node ' };
  switch (action.do) {
    case 'access':
      return (
        <>
          <ChoiceField
            label="How"
            path={`${path}.write`}
            value={action.write ? 'writes' : 'reads'}
            options={[
              { value: 'reads', words: 'reads' },
              { value: 'writes', words: 'writes' },
            ]}
            onChange={(value) => onChange({ ...action, write: value === 'writes' })}
          />
          <IndexField
            {...vas}
            label="Where"
            path={`${path}.va`}
            value={action.va}
            onChange={(va) => onChange({ ...action, va })}
          />
        </>
      );
    case 'migrate-collect':
    case 'madvise':
      return (
        <IndexField
          {...vas}
          label="Of"
          path={`${path}.va`}
          value={action.va}
          onChange={(va) => onChange({ ...action, va })}
        />
      );
    case 'reclaim':
      return (
        <>
          <IndexField
            {...vas}
            label="Of"
            path={`${path}.va`}
            value={action.va}
            onChange={(va) => onChange({ ...action, va })}
          />
          <IndexField
            {...vas}
            label="The page that starts at"
            path={`${path}.pageOf`}
            value={action.pageOf ?? action.va}
            onChange={(pageOf) => onChange({ do: 'reclaim', va: action.va, pageOf })}
          />
        </>
      );
    case 'mremap':
    case 'relocate-mm': {
      const things = action.do === 'mremap' ? vas : nodes;
      return (
        <>
          <IndexField
            {...things}
            label="From"
            path={`${path}.from`}
            value={action.from}
            onChange={(from) => onChange({ ...action, from })}
          />
          <IndexField
            {...things}
            label="To"
            path={`${path}.to`}
            value={action.to}
            onChange={(to) => onChange({ ...action, to })}
          />
        </>
      );
    }
    case 'relocate':
      return (
        <>
          <IndexField
            {...nodes}
            label="To"
            path={`${path}.to`}
            value={action.to}
            onChange={(to) => onChange({ ...action, to })}
          />
          <TableFields
            tables={action.tables}
            path={path}
            onChange={(tables) => onChange({ ...action, tables })}
          />
        </>
      );
    case 'munmap':
    case 'fork':
      return (
        <SetField
          {...vas}
          label="Of"
          path={`${path}.vas`}
          chosen={action.vas}
          onChange={(chosen) => onChange({ ...action, vas: chosen })}
        />
      );
    case 'kernel-thread':
      return null;
  }
}
