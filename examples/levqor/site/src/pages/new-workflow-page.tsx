import { NaturalLanguageWorkflowBuilder } from "../components/natural-language-workflow-builder.js";
import { Page } from "../layout/page.js";

/** `/workflows/new` */
export function NewWorkflowPage() {
  return (
    <Page title="New workflow" lead="Say what should happen, in your own words.">
      <div className="container">
        <NaturalLanguageWorkflowBuilder />
      </div>
    </Page>
  );
}
