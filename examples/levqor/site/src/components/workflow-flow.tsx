import type { DeepPartial } from "@levqor/core/client";
import { Icon, type IconName } from "../layout/icon.js";
import { serviceName } from "./service-name.js";
import type { WorkflowStep } from "./workflow-step.js";

const looks: Readonly<Record<WorkflowStep["type"], { readonly label: string; readonly icon: IconName }>> = {
  trigger: { label: "Trigger", icon: "bolt" },
  condition: { label: "Condition", icon: "branch" },
  action: { label: "Action", icon: "play" },
};

/** The steps of a workflow, from the trigger down. One whose kind is not known yet is still being written. */
export function WorkflowFlow({
  steps,
  label,
}: {
  readonly steps: readonly DeepPartial<WorkflowStep>[];
  readonly label: string;
}) {
  return (
    <ol className="flow" aria-label={label}>
      {steps.map(({ type, service, description }, index) =>
        type === undefined ? null : (
          // biome-ignore lint/suspicious/noArrayIndexKey: steps have no id, two may be equal, and a list only grows
          <li key={index} className="flow-step" data-type={type}>
            <span className="flow-icon">
              <Icon name={looks[type].icon} />
            </span>
            <div className="flow-text">
              <p className="flow-kind">
                {looks[type].label}
                {service === undefined ? null : <span className="flow-service">{serviceName(service)}</span>}
              </p>
              <p dir="auto">{description}</p>
            </div>
          </li>
        ),
      )}
    </ol>
  );
}
