import { Link } from "react-router";
import { AiHelpPanel } from "../components/ai-help-panel.js";
import { AiHelpSearch } from "../components/ai-help-search.js";
import { AiOnboardingTutor } from "../components/ai-onboarding-tutor.js";
import { AiRecommendations } from "../components/ai-recommendations.js";
import { Icon } from "../layout/icon.js";
import { Page } from "../layout/page.js";
import { routePaths } from "../route-paths.js";
import { useSession } from "../session/session-provider.js";

const questions = ["How do I connect a tool?", "How do I test a workflow?", "How do I invite my team?"];

/** `/dashboard` */
export function DashboardPage() {
  const { session } = useSession();
  const user = session.status === "signed-in" ? session.user : undefined;
  return (
    <Page
      title="Dashboard"
      heading={user === undefined ? "Welcome to Levqor" : `Welcome, ${user.name.split(" ")[0]}`}
      lead={user === undefined ? "You are looking around without an account." : user.tenant}
    >
      <div className="container dashboard-search">
        <AiHelpSearch />
      </div>
      <div className="container shortcuts">
        <Link to={routePaths.newWorkflow} className="card shortcut">
          <Icon name="bolt" />
          <span>
            <strong>New workflow</strong>
            Describe it in a sentence
          </span>
        </Link>
        <Link to={routePaths.debug} className="card shortcut">
          <Icon name="wrench" />
          <span>
            <strong>Fix an error</strong>
            Paste the message
          </span>
        </Link>
      </div>
      <div className="container section columns">
        <AiOnboardingTutor storageOwner={user?.id ?? "visitor"} />
        <div className="stack stack-cards">
          <AiHelpPanel title="Ask Levqor" suggestions={questions} />
          <AiRecommendations />
        </div>
      </div>
    </Page>
  );
}
