import { Link } from "react-router";
import { formatPounds } from "../../../facts/format-facts.js";
import { levqorFacts } from "../../../facts/levqor-facts.js";
import { WorkflowFlow } from "../components/workflow-flow.js";
import { Icon, type IconName } from "../layout/icon.js";
import { Page } from "../layout/page.js";
import { routePaths } from "../route-paths.js";
import { sampleWorkflow } from "./sample-workflow.js";

const features: readonly { readonly icon: IconName; readonly title: string; readonly text: string }[] = [
  {
    icon: "chat",
    title: "Say it, and it is built",
    text: "Describe the job in a sentence. Levqor turns it into a trigger, conditions and actions you can check.",
  },
  {
    icon: "wrench",
    title: "Errors explained",
    text: "Paste an error and read what probably caused it, how to fix it, and how to keep it from coming back.",
  },
  {
    icon: "spark",
    title: "A tutor on day one",
    text: "A checklist that knows what you have done already, and asks for nothing twice.",
  },
  {
    icon: "shield",
    title: "Private, and never down",
    text: "Personal data is masked before a model sees it. Without a model, the built-in engine answers.",
  },
];

/** `/` */
export function LandingPage() {
  return (
    <Page
      title="Work that runs itself"
      className="landing"
      heading={
        <>
          Work that <em>runs itself</em>
        </>
      }
      lead="Levqor connects the tools you already use and does the routine between them. Tell it what should happen; it builds the workflow."
      actions={<HeroActions />}
      beside={<HeroSample />}
    >
      <section className="container section" aria-labelledby="features">
        <h2 id="features">What Levqor does for you</h2>
        <ul className="grid grid-of-four">
          {features.map(({ icon, title, text }) => (
            <li key={title} className="card feature">
              <span className="feature-icon">
                <Icon name={icon} />
              </span>
              <h3>{title}</h3>
              <p>{text}</p>
            </li>
          ))}
        </ul>
      </section>
      <section className="container section" aria-labelledby="plans">
        <h2 id="plans">A plan for every size</h2>
        <ul className="grid grid-of-four">
          {levqorFacts.tiers.map(({ id, name, monthlyPounds, tagline }) => (
            <li key={id}>
              <Link to={routePaths.pricing} className="card plan-link">
                <h3>{name}</h3>
                <p className="plan-price">
                  {formatPounds(monthlyPounds)} <span>a month</span>
                </p>
                <p>{tagline}</p>
              </Link>
            </li>
          ))}
        </ul>
      </section>
    </Page>
  );
}

function HeroActions() {
  return (
    <div className="hero-actions">
      <Link className="button button-primary" to={routePaths.newWorkflow}>
        Build a workflow
      </Link>
      <Link className="button" to={routePaths.trial}>
        Start the free trial
      </Link>
      <p className="hero-note">
        {levqorFacts.trial.headline}. {levqorFacts.trial.cancel}.
      </p>
    </div>
  );
}

function HeroSample() {
  return (
    <figure className="card hero-sample">
      <figcaption>“{sampleWorkflow.sentence}.”</figcaption>
      <WorkflowFlow steps={sampleWorkflow.steps} label="Example workflow" />
    </figure>
  );
}
