import { Link } from "react-router";

/** The title of an item that was found or recommended, as a link when there is a place to read it. */
export function ItemLink({ title, url }: { readonly title: string; readonly url?: string | undefined }) {
  if (url === undefined) return <span dir="auto">{title}</span>;
  return url.startsWith("/") ? (
    <Link to={url} dir="auto">
      {title}
    </Link>
  ) : (
    <a href={url} rel="noreferrer" dir="auto">
      {title}
    </a>
  );
}
