/** A labelled text input, of several lines when `rows` is given. */
export function TextField(props: {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly rows?: number;
  readonly placeholder?: string;
  readonly inputMode?: "numeric" | "url";
  readonly problem?: string | undefined;
}) {
  const { id, label, value, rows, placeholder, inputMode, problem } = props;
  const shared = {
    id,
    value,
    placeholder,
    className: "input",
    dir: "auto",
    "aria-invalid": problem !== undefined,
    "aria-describedby": problem === undefined ? undefined : `${id}-problem`,
  };
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {rows === undefined ? (
        <input {...shared} inputMode={inputMode} onChange={(event) => props.onChange(event.target.value)} />
      ) : (
        <textarea {...shared} rows={rows} onChange={(event) => props.onChange(event.target.value)} />
      )}
      {problem === undefined ? null : (
        <p id={`${id}-problem`} className="field-problem">
          {problem}
        </p>
      )}
    </div>
  );
}
