import { useState } from "react";
import { Link, NavLink } from "react-router";
import { routePaths } from "../route-paths.js";
import { AccountMenu } from "./account-menu.js";
import { Icon } from "./icon.js";

const links = [
  { to: routePaths.dashboard, label: "Dashboard" },
  { to: routePaths.newWorkflow, label: "New workflow" },
  { to: routePaths.debug, label: "Debug" },
  { to: routePaths.pricing, label: "Pricing" },
  { to: routePaths.trial, label: "Free trial" },
];

/** Brand, pages, account. On small screens the pages fold behind a button. */
export function SiteHeader() {
  const [open, setOpen] = useState(false);
  return (
    <header className="site-header">
      <div className="container site-header-row">
        <Link to={routePaths.home} className="brand" onClick={() => setOpen(false)}>
          <img src="/favicon.svg" alt="" width="28" height="28" />
          Levqor
        </Link>
        <nav id="site-navigation" className="site-navigation" aria-label="Main" data-open={open}>
          {links.map(({ to, label }) => (
            <NavLink key={to} to={to} onClick={() => setOpen(false)}>
              {label}
            </NavLink>
          ))}
        </nav>
        <AccountMenu />
        <button
          type="button"
          className="button button-quiet navigation-button"
          aria-expanded={open}
          aria-controls="site-navigation"
          onClick={() => setOpen(!open)}
        >
          <Icon name="menu" />
          <span className="visually-hidden">Menu</span>
        </button>
      </div>
    </header>
  );
}
