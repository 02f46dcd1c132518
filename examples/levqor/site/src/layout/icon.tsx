const paths = {
  bolt: "M13 2 4 14h6l-1 8 9-12h-6l1-8Z",
  branch: "M6 4v10a4 4 0 0 0 4 4h8M6 9h12M18 9l-3-3M18 9l-3 3M18 18l-3-3M18 18l-3 3",
  check: "m5 12.5 4.5 4.5L19 7.5",
  chat: "M4 5h16v11H9l-5 4V5Z",
  play: "M7 4.5v15l12-7.5-12-7.5Z",
  shield: "M12 3 5 6v5c0 4.5 3 8 7 10 4-2 7-5.5 7-10V6l-7-3Z",
  spark: "M12 3v5M12 16v5M3 12h5M16 12h5M6 6l3 3M15 15l3 3M18 6l-3 3M9 15l-3 3",
  wrench: "M14.5 6.5a4.5 4.5 0 0 0-6 5.5L3.5 17v3.5H7l5-5a4.5 4.5 0 0 0 5.5-6L14.5 12 12 9.5l2.5-3Z",
  menu: "M4 7h16M4 12h16M4 17h16",
} as const;

/** Name of a drawing. */
export type IconName = keyof typeof paths;

/** A line drawing that repeats what the text beside it says, so screen readers skip it. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}
