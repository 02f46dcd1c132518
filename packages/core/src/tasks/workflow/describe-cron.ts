const days = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const months = `January February March April May June July August September October November December`.split(
  " ",
);

/** A cron expression in words: "every Monday at 09:00"; `undefined` when it is one that words make no clearer. */
export function describeCron(expression: string): string | undefined {
  const fields = expression.trim().split(/\s+/u);
  const [minute = "", hour = "", day = "", month = "", weekday = ""] = fields;
  if (fields.length !== 5) return undefined;
  const when = daysInWords(day, month, weekday);
  if (when === undefined) return undefined;
  const isDaily = when === "every day";
  const often = frequency(minute, hour);
  if (often !== undefined) return isDaily ? often : `${often}, ${when}`;
  const times = timesInWords(minute, hour);
  return times && `${when} at ${times}`;
}

function frequency(minute: string, hour: string): string | undefined {
  const everyMinutes = /^\*\/(\d{1,2})$/u.exec(minute)?.[1];
  const everyHours = /^\*\/(\d{1,2})$/u.exec(hour)?.[1];
  if (hour === "*" && minute === "*") return "every minute";
  if (hour === "*" && everyMinutes !== undefined) return `every ${everyMinutes} minutes`;
  if (hour === "*" && minute === "0") return "every hour";
  if (hour === "*" && /^\d{1,2}$/u.test(minute)) return `every hour at minute ${Number(minute)}`;
  return minute === "0" && everyHours !== undefined ? `every ${everyHours} hours` : undefined;
}

function timesInWords(minute: string, hour: string): string | undefined {
  if (!/^\d{1,2}$/u.test(minute) || !/^\d{1,2}(?:,\d{1,2}){0,5}$/u.test(hour)) return undefined;
  return listed(hour.split(",").map((each) => `${each.padStart(2, "0")}:${minute.padStart(2, "0")}`));
}

function daysInWords(day: string, month: string, weekday: string): string | undefined {
  const inMonth = month === "*" ? "every month" : named(month, ["", ...months]);
  if (inMonth === undefined) return undefined;
  const suffix = month === "*" ? "" : ` in ${inMonth}`;
  if (day === "*" && weekday === "*") return `every day${suffix}`;
  if (day === "*") {
    const names = named(weekday, days);
    return names && `every ${names}${suffix}`;
  }
  return weekday === "*" && /^\d{1,2}$/u.test(day) ? `on day ${Number(day)} of ${inMonth}` : undefined;
}

// "1-5" → "Monday to Friday", "mon,wed" → "Monday and Wednesday"
function named(field: string, names: readonly string[]): string | undefined {
  const parts = field.split(",").map((part) => {
    const [first, last] = part.split("-").map((each) => nameOf(each, names));
    if (first === undefined) return undefined;
    return part.includes("-") ? last && `${first} to ${last}` : first;
  });
  const found = parts.filter((part) => part !== undefined);
  return found.length === parts.length ? listed(found) : undefined;
}

const nameOf = (value: string, names: readonly string[]): string | undefined =>
  /^\d{1,2}$/u.test(value)
    ? names[Number(value)] || undefined
    : names.find((name) => name !== "" && name.slice(0, 3).toLowerCase() === value.toLowerCase());

const listed = (parts: readonly string[]) =>
  parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
