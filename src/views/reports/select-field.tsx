interface SelectFieldProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly text: string }[];
  readonly choose: (value: string) => void;
}

/** A parameter of a report, one of a few values. */
export function SelectField({ label, value, options, choose }: SelectFieldProps) {
  return (
    <label className="select-field">
      {label}
      <select className="field" value={value} onChange={({ target }) => choose(target.value)}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.text}
          </option>
        ))}
      </select>
    </label>
  );
}
