import { Link, useNavigate } from "react-router";
import { formatPounds } from "../../../facts/format-facts.js";
import { levqorFacts } from "../../../facts/levqor-facts.js";
import { PolicyText } from "../components/policy-text.js";
import { Icon, type IconName } from "../layout/icon.js";
import { Page } from "../layout/page.js";
import { routePaths } from "../route-paths.js";
import { useSession } from "../session/session-provider.js";

const { trial, policies, tiers } = levqorFacts;

const promises: readonly { readonly fact: "headline" | "card" | "cancel"; readonly icon: IconName }[] = [
  { fact: "headline", icon: "spark" },
  { fact: "card", icon: "shield" },
  { fact: "cancel", icon: "check" },
];

/** `/trial` */
export function TrialPage() {
  const { session, problem, signIn } = useSession();
  const navigate = useNavigate();
  const openDemo = async () => {
    if (session.status === "signed-in" || (await signIn("amara"))) await navigate(routePaths.dashboard);
  };
  return (
    <Page
      title="Free trial"
      heading="Try all of it first"
      lead="Look around with a demo account right now, or read how the trial of a paid tier works."
    >
      <div className="container">
        <ul className="grid grid-promises">
          {promises.map(({ fact, icon }) => (
            <li key={fact} className="card promise">
              <span className="feature-icon">
                <Icon name={icon} />
              </span>
              <p data-fact={`trial.${fact}`}>{trial[fact]}</p>
            </li>
          ))}
        </ul>
      </div>
      <div className="container section columns columns-even">
        <PolicyText id="trial" policy={policies.trial} />
        <section className="card trial-after" aria-labelledby="after">
          <h2 id="after">After the trial</h2>
          <ul>
            {tiers.map(({ id, name, monthlyPounds }) => (
              <li key={id}>
                <span>{name}</span>
                <span>{formatPounds(monthlyPounds)} a month</span>
              </li>
            ))}
          </ul>
          <button
            type="button"
            className="button button-primary"
            onClick={openDemo}
            disabled={session.status === "loading"}
          >
            Open the demo account
          </button>
          <Link to={routePaths.pricing} className="button">
            Compare the tiers
          </Link>
          <p role="status" className="problem-line">
            {problem}
          </p>
        </section>
      </div>
    </Page>
  );
}
