import type { BuiltInTasks } from "@levqor/core/client";
import { type FormEvent, useId, useState } from "react";
import { connectableTools } from "./connectable-tools.js";
import { SelectField } from "./select-field.js";
import { serviceName } from "./service-name.js";
import { TextField } from "./text-field.js";

type DebugInput = BuiltInTasks["debug"]["input"];

const empty = { error_type: "", message: "", service: "", endpoint: "", http_status: "" };
type DebugFields = typeof empty;

const example: DebugFields = {
  error_type: "auth_error",
  message: "401 from Slack API: invalid_auth",
  service: "slack",
  endpoint: "/chat.postMessage",
  http_status: "401",
};
const services = [
  { value: "", label: "Not sure" },
  ...connectableTools.map((tool) => ({ value: tool, label: serviceName(tool) })),
];

/** Asks for an error and what is known about it. */
export function DebugForm({ onSubmit }: { readonly onSubmit: (input: DebugInput) => void }) {
  const [fields, setFields] = useState(empty);
  const [problems, setProblems] = useState<Partial<DebugFields>>({});
  const id = useId();

  const field = (name: keyof DebugFields) => ({
    id: `${id}-${name}`,
    value: fields[name],
    problem: problems[name],
    onChange: (value: string) => setFields({ ...fields, [name]: value }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found = problemsOf(fields);
    setProblems(found);
    const first = Object.keys(found)[0];
    if (first === undefined) onSubmit(toInput(fields));
    else document.getElementById(`${id}-${first}`)?.focus();
  };

  return (
    <form className="card assistant-form form" onSubmit={submit} noValidate>
      <TextField label="Kind of error" placeholder="auth_error" {...field("error_type")} />
      <TextField label="Message" rows={3} placeholder="401 from Slack API" {...field("message")} />
      <div className="field-row">
        <SelectField label="Service (optional)" options={services} {...field("service")} />
        <TextField
          label="HTTP status (optional)"
          inputMode="numeric"
          placeholder="401"
          {...field("http_status")}
        />
      </div>
      <TextField label="Endpoint (optional)" placeholder="/chat.postMessage" {...field("endpoint")} />
      <div className="button-row">
        <button type="submit" className="button button-primary">
          Explain the error
        </button>
        <button type="button" className="button" onClick={() => setFields(example)}>
          Use the example
        </button>
      </div>
    </form>
  );
}

function problemsOf({ error_type, message, http_status }: DebugFields): Partial<DebugFields> {
  return {
    ...(error_type.trim() === ""
      ? { error_type: "Say what kind of error it is, for example auth_error." }
      : {}),
    ...(message.trim() === "" ? { message: "Paste the error's message." } : {}),
    ...(http_status === "" || /^[1-5]\d\d$/.test(http_status)
      ? {}
      : { http_status: "Use a number from 100 to 599." }),
  };
}

function toInput({ error_type, message, service, endpoint, http_status }: DebugFields): DebugInput {
  return {
    error_type,
    message,
    context: {
      ...(service === "" ? {} : { service }),
      ...(endpoint === "" ? {} : { endpoint }),
      ...(http_status === "" ? {} : { http_status: Number(http_status) }),
    },
  };
}
