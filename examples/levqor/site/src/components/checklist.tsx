import { useId, useState } from "react";
import { z } from "zod/mini";

const tickedSchema = z.catch(z.array(z.string()), []);

/** Things to do, to tick. Ticks are kept in this browser under `storageKey`. */
export function Checklist({
  storageKey,
  items,
}: {
  readonly storageKey: string;
  readonly items: readonly string[];
}) {
  const [ticked, setTicked] = useState(() => readTicked(storageKey));
  const id = useId();
  const done = items.filter((item) => ticked.includes(item)).length;
  const tick = (item: string, isDone: boolean) => {
    const next = isDone ? [...ticked, item] : ticked.filter((other) => other !== item);
    setTicked(next);
    writeTicked(storageKey, next);
  };
  return (
    <div className="checklist">
      <p id={`${id}-progress`} className="checklist-progress">
        {done} of {items.length} done
      </p>
      <progress value={done} max={items.length} aria-labelledby={`${id}-progress`} />
      <ul>
        {items.map((item) => (
          <li key={item}>
            <label>
              <input
                type="checkbox"
                checked={ticked.includes(item)}
                onChange={(event) => tick(item, event.target.checked)}
              />
              <span dir="auto">{item}</span>
            </label>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Storage may be blocked, full, or hold anything: then the list starts without ticks. */
function readTicked(key: string): readonly string[] {
  try {
    return tickedSchema.parse(JSON.parse(localStorage.getItem(key) ?? "[]"));
  } catch {
    return [];
  }
}

function writeTicked(key: string, ticked: readonly string[]): void {
  try {
    localStorage.setItem(key, JSON.stringify(ticked));
  } catch {
    // Then the ticks last as long as the page.
  }
}
