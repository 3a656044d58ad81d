import { type ReactNode, useId } from 'react';
import { useEditor } from '../../store/editor.ts';

/** What is wrong at a path, in words; empty when nothing is. */
function useProblem(path: string): string {
  return useEditor(({ problems }) =>
    problems
      .filter((problem) => problem.path === path)
      .map(({ words }) => words)
      .join(' '),
  );
}

/** What is wrong with a list or a whole part, where it belongs to no single field. */
export function PartProblem({ path }: { readonly path: string }) {
  const words = useProblem(path);
  return words === '' ? null : <p className="editor-problem">{words}</p>;
}

interface FieldProps {
  readonly label: string;
  /** In the document, as its problems name it. */
  readonly path: string;
  readonly children: (props: ControlProps) => ReactNode;
}

interface ControlProps {
  readonly id: string;
  readonly className: string;
  readonly 'aria-invalid': boolean;
  readonly 'aria-describedby': string | undefined;
}

/** A label, its control, and what is wrong with it, as one types. */
function Field({ label, path, children }: FieldProps) {
  const id = useId();
  const words = useProblem(path);
  const isWrong = words !== '';
  return (
    <div className="editor-field">
      <label htmlFor={id}>{label}</label>
      {children({
        id,
        className: 'field',
        'aria-invalid': isWrong,
        'aria-describedby': isWrong ? `${id}-problem` : undefined,
      })}
      {isWrong && (
        <p className="editor-problem" id={`${id}-problem`}>
          {words}
        </p>
      )}
    </div>
  );
}

interface TextProps {
  readonly label: string;
  readonly path: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

export function TextField({ label, path, value, onChange }: TextProps) {
  return (
    <Field label={label} path={path}>
      {(props) => <input {...props} value={value} onChange={({ target }) => onChange(target.value)} />}
    </Field>
  );
}

interface NumberProps {
  readonly label: string;
  readonly path: string;
  readonly value: number;
  readonly onChange: (value: number) => void;
}

export function NumberField({ label, path, value, onChange }: NumberProps) {
  return (
    <Field label={label} path={path}>
      {(props) => (
        <input
          {...props}
          type="number"
          min={0}
          value={Number.isNaN(value) ? '' : value}
          onChange={({ target }) => onChange(target.value === '' ? NaN : Number(target.value))}
        />
      )}
    </Field>
  );
}

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly path: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly words: string }[];
  readonly onChange: (value: T) => void;
}

/** One of some values; a value that is not among them (after an undo elsewhere) is shown as it is. */
export function ChoiceField<T extends string>({ label, path, value, options, onChange }: ChoiceProps<T>) {
  const known = options.some((option) => option.value === value);
  return (
    <Field label={label} path={path}>
      {(props) => (
        <select
          {...props}
          value={value}
          onChange={({ target }) => {
            const chosen = options.find((option) => option.value === target.value);
            if (chosen !== undefined) onChange(chosen.value);
          }}
        >
          {!known && <option value={value}>{value}</option>}
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.words}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

interface IndexProps {
  readonly label: string;
  readonly path: string;
  readonly value: number;
  /** There are 0 to count - 1. */
  readonly count: number;
  /** Before the number: `node `, `CPU`, `va`. */
  readonly prefix: string;
  readonly onChange: (value: number) => void;
}

/** One of numbered things. */
export function IndexField({ label, path, value, count, prefix, onChange }: IndexProps) {
  const options = Array.from({ length: count }, (_, i) => ({ value: String(i), words: `${prefix}${i}` }));
  return (
    <ChoiceField
      label={label}
      path={path}
      value={String(value)}
      options={options}
      onChange={(chosen) => onChange(Number(chosen))}
    />
  );
}

interface CheckProps {
  readonly label: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

export function CheckField({ label, checked, onChange }: CheckProps) {
  return (
    <label className="check editor-check">
      <input type="checkbox" checked={checked} onChange={({ target }) => onChange(target.checked)} />
      {label}
    </label>
  );
}

interface SetProps {
  readonly label: string;
  readonly path: string;
  readonly chosen: readonly number[];
  readonly count: number;
  readonly prefix: string;
  readonly onChange: (chosen: readonly number[]) => void;
}

/** Some of numbered things, in their order. */
export function SetField({ label, path, chosen, count, prefix, onChange }: SetProps) {
  const all = Array.from({ length: count }, (_, i) => i);
  return (
    <fieldset className="editor-set">
      <legend>{label}</legend>
      {all.map((i) => (
        <CheckField
          key={i}
          label={`${prefix}${i}`}
          checked={chosen.includes(i)}
          onChange={(on) => onChange(all.filter((n) => (n === i ? on : chosen.includes(n))))}
        />
      ))}
      <PartProblem path={path} />
    </fieldset>
  );
}
