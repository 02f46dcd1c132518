import { Link } from "react-router";
import { Page } from "../layout/page.js";
import { routePaths } from "../route-paths.js";

/** Every address that is no page. */
export function NotFoundPage() {
  return (
    <Page
      title="Page not found"
      lead="There is nothing at this address. It may have moved, or the link has a typo."
    >
      <div className="container">
        <Link className="button button-primary" to={routePaths.home}>
          Go to the start page
        </Link>
      </div>
    </Page>
  );
}
