import { AiProvider } from "@levqor/react-hooks";
import { BrowserRouter, Route, Routes } from "react-router";
import { HelpChat } from "./components/help-chat.js";
import { SiteFooter } from "./layout/site-footer.js";
import { SiteHeader } from "./layout/site-header.js";
import { DashboardPage } from "./pages/dashboard-page.js";
import { DebugPage } from "./pages/debug-page.js";
import { LandingPage } from "./pages/landing-page.js";
import { NewWorkflowPage } from "./pages/new-workflow-page.js";
import { NotFoundPage } from "./pages/not-found-page.js";
import { PricingPage } from "./pages/pricing-page.js";
import { TrialPage } from "./pages/trial-page.js";
import { routePaths } from "./route-paths.js";
import { SessionProvider, useSession } from "./session/session-provider.js";

/** The whole site. */
export function App() {
  return (
    <BrowserRouter>
      <SessionProvider>
        <SignedInApp />
      </SessionProvider>
    </BrowserRouter>
  );
}

function SignedInApp() {
  const { session } = useSession();
  return (
    <AiProvider identity={session.status === "signed-in" ? session.user.id : undefined}>
      <a className="skip-link" href="#content">
        Skip to content
      </a>
      <SiteHeader />
      <HelpChat>
        <Routes>
          <Route path={routePaths.home} element={<LandingPage />} />
          <Route path={routePaths.pricing} element={<PricingPage />} />
          <Route path={routePaths.trial} element={<TrialPage />} />
          <Route path={routePaths.dashboard} element={<DashboardPage />} />
          <Route path={routePaths.newWorkflow} element={<NewWorkflowPage />} />
          <Route path={routePaths.debug} element={<DebugPage />} />
          <Route path="*" element={<NotFoundPage />} />
        </Routes>
      </HelpChat>
      <SiteFooter />
    </AiProvider>
  );
}
