import { AiDebugAssistant } from "../components/ai-debug-assistant.js";
import { Page } from "../layout/page.js";

/** `/debug` */
export function DebugPage() {
  return (
    <Page title="Debug assistant" lead="Paste an error from a run and read what to do about it.">
      <div className="container">
        <AiDebugAssistant />
      </div>
    </Page>
  );
}
