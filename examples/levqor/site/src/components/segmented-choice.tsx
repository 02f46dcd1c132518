import { useId } from "react";

/** Radio buttons side by side. */
export function SegmentedChoice<Value extends string>(props: {
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly chosen: Value;
  readonly onChange: (value: Value) => void;
}) {
  const name = useId();
  return (
    <div className="segmented">
      {props.options.map(({ value, label }) => (
        <label key={value}>
          <input
            type="radio"
            name={name}
            value={value}
            checked={props.chosen === value}
            onChange={() => props.onChange(value)}
          />
          <span className="segmented-face">{label}</span>
        </label>
      ))}
    </div>
  );
}
