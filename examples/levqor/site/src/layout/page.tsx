import { type ReactNode, useEffect, useRef } from "react";
import { useLocation } from "react-router";

/** The frame of a page: its title for the browser, its heading, and where the focus goes when it opens. */
export function Page(props: {
  /** Title of the browser tab, and the heading unless `heading` is given. */
  readonly title: string;
  readonly heading?: ReactNode;
  readonly lead?: ReactNode;
  /** Below the lead. */
  readonly actions?: ReactNode;
  /** Beside the heading, or below it on small screens. */
  readonly beside?: ReactNode;
  readonly className?: string;
  readonly children: ReactNode;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  const { key } = useLocation();
  useEffect(() => {
    document.title = `${props.title} · Levqor`;
  }, [props.title]);
  useEffect(() => {
    // "default" is the page that was opened first: there the browser itself decides where to start.
    if (key === "default") return;
    window.scrollTo(0, 0);
    heading.current?.focus({ preventScroll: true });
  }, [key]);
  return (
    <main id="content" className={`page ${props.className ?? ""}`}>
      <div className="container page-heading">
        <div className="page-heading-text">
          <h1 ref={heading} tabIndex={-1}>
            {props.heading ?? props.title}
          </h1>
          {props.lead === undefined ? null : <p className="lead">{props.lead}</p>}
          {props.actions}
        </div>
        {props.beside}
      </div>
      {props.children}
    </main>
  );
}
