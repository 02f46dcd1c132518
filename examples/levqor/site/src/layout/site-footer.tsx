import { Link } from "react-router";
import { levqorFacts } from "../../../facts/levqor-facts.js";
import { routePaths } from "../route-paths.js";

/** The end of every page. */
export function SiteFooter() {
  return (
    <footer className="site-footer">
      <div className="container site-footer-row">
        <p>
          <strong>Levqor</strong> is a demonstration product of the Levqor AI gateway SDK.
        </p>
        <p>
          <Link to={routePaths.pricing}>Pricing</Link>
          <Link to={routePaths.trial}>{levqorFacts.trial.headline}</Link>
        </p>
      </div>
    </footer>
  );
}
