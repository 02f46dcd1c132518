import { useDebugAssistant } from "@levqor/react-hooks";
import { type FormEvent, useId, useState } from "react";
import { AnswerState, LocalAnswerBadge } from "./answer-state.js";
import { connectableTools } from "./connectable-tools.js";
import { serviceName } from "./service-name.js";
import { TextField } from "./text-field.js";
import { useFocusOnAnswer } from "./use-focus-on-answer.js";

const empty = { error_type: "", message: "", service: "", endpoint: "", http_status: "" };
const example: DebugForm = {
  error_type: "auth_error",
  message: "401 from Slack API: invalid_auth",
  service: "slack",
  endpoint: "/chat.postMessage",
  http_status: "401",
};
type DebugForm = typeof empty;
type Problems = Partial<DebugForm>;

/** Explains an integration error: causes, what to do, how to prevent it. */
export function AiDebugAssistant() {
  const { data, error, isLoading, degraded, start, stop, retry } = useDebugAssistant();
  const [form, setForm] = useState(empty);
  const [problems, setProblems] = useState<Problems>({});
  const id = useId();
  const heading = useFocusOnAnswer(data);

  const field = (name: keyof DebugForm) => ({
    id: `${id}-${name}`,
    value: form[name],
    problem: problems[name],
    onChange: (value: string) => setForm({ ...form, [name]: value }),
  });
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    const found = problemsOf(form);
    setProblems(found);
    const first = Object.keys(found)[0];
    if (first !== undefined) return document.getElementById(`${id}-${first}`)?.focus();
    const { error_type, message, service, endpoint, http_status } = form;
    start({
      error_type,
      message,
      context: {
        ...(service === "" ? {} : { service }),
        ...(endpoint === "" ? {} : { endpoint }),
        ...(http_status === "" ? {} : { http_status: Number(http_status) }),
      },
    });
  };

  return (
    <div className="columns columns-even">
      <form className="card assistant-form form" onSubmit={onSubmit} noValidate>
        <TextField label="Kind of error" placeholder="auth_error" {...field("error_type")} />
        <TextField label="Message" rows={3} placeholder="401 from Slack API" {...field("message")} />
        <div className="field-row">
          <div className="field">
            <label htmlFor={`${id}-service`}>Service (optional)</label>
            <select
              id={`${id}-service`}
              className="input"
              value={form.service}
              onChange={(event) => setForm({ ...form, service: event.target.value })}
            >
              <option value="">Not sure</option>
              {connectableTools.map((tool) => (
                <option key={tool} value={tool}>
                  {serviceName(tool)}
                </option>
              ))}
            </select>
          </div>
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
          <button type="button" className="button" onClick={() => setForm(example)}>
            Use the example
          </button>
        </div>
      </form>
      <section className="card assistant-result" aria-labelledby={`${id}-result`} aria-busy={isLoading}>
        <h2 id={`${id}-result`} ref={heading} tabIndex={-1}>
          What happened
        </h2>
        <AnswerState
          isLoading={isLoading}
          error={error}
          loadingText="Looking into it …"
          onStop={stop}
          onRetry={retry}
        />
        {data === undefined ? (
          isLoading || error !== undefined ? null : (
            <p className="muted">Causes, a fix and prevention appear here.</p>
          )
        ) : (
          <div className="assistant-answer" aria-live="polite">
            <p className="debug-summary">{data.summary}</p>
            <Lines title="Probable causes" lines={data.probable_causes} />
            <Lines title="How to fix it" lines={data.steps_to_fix} ordered />
            <Lines title="So that it stays fixed" lines={data.prevention} />
            <LocalAnswerBadge degraded={degraded} />
          </div>
        )}
      </section>
    </div>
  );
}

function problemsOf({ error_type, message, http_status }: DebugForm): Problems {
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

function Lines(props: {
  readonly title: string;
  readonly lines: readonly string[];
  readonly ordered?: boolean;
}) {
  const List = props.ordered ? "ol" : "ul";
  return (
    <div>
      <h3>{props.title}</h3>
      <List className="debug-lines">
        {props.lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </List>
    </div>
  );
}
