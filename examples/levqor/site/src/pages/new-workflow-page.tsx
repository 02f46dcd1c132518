import { useSearchParams } from "react-router";
import { NaturalLanguageWorkflowBuilder } from "../components/natural-language-workflow-builder.js";
import { readDescription } from "../described-workflow.js";
import { Page } from "../layout/page.js";

/** `/workflows/new`, and with a description to begin with when the address has one. */
export function NewWorkflowPage() {
  const [parameters] = useSearchParams();
  const description = readDescription(parameters);
  return (
    <Page title="New workflow" lead="Say what should happen, in your own words.">
      <div className="container">
        <NaturalLanguageWorkflowBuilder key={description} description={description} />
      </div>
    </Page>
  );
}
