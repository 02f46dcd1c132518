import { Icon } from "../layout/icon.js";

/** Checkboxes that look like labels. */
export function ChoiceChips(props: {
  readonly legend: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
}) {
  const { legend, options, chosen, onChange } = props;
  return (
    <fieldset className="field">
      <legend className="legend">{legend}</legend>
      <div className="chips">
        {options.map(({ value, label }) => (
          <label key={value} className="chip">
            <input
              type="checkbox"
              checked={chosen.includes(value)}
              onChange={(event) =>
                onChange(
                  event.target.checked ? [...chosen, value] : chosen.filter((other) => other !== value),
                )
              }
            />
            <span className="chip-face">
              <Icon name="check" />
              {label}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
