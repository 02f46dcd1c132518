import type { Policy } from "../../../facts/levqor-facts.js";

/** A policy, word for word. `id` names it for links and for the drift monitor. */
export function PolicyText({ id, policy }: { readonly id: string; readonly policy: Policy }) {
  return (
    <div className="policy" data-policy={id}>
      <h2 id={id}>{policy.title}</h2>
      {policy.paragraphs.map((paragraph) => (
        <p key={paragraph}>{paragraph}</p>
      ))}
    </div>
  );
}
