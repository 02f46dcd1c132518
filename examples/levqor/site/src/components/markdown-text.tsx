import { Fragment } from "react";
import { Link } from "react-router";
import { type Block, type Inline, parseMarkdown } from "./parse-markdown.js";

/** Shows a reply as React elements; no part of it is ever taken for HTML. */
export function MarkdownText({ source }: { readonly source: string }) {
  return (
    <div className="markdown">
      {parseMarkdown(source).map((block, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a reply only grows at its end, so positions are stable
        <BlockView key={index} block={block} />
      ))}
    </div>
  );
}

function BlockView({ block }: { readonly block: Block }) {
  switch (block.kind) {
    case "code":
      return (
        <pre>
          <code>{block.text}</code>
        </pre>
      );
    case "list": {
      const List = block.ordered ? "ol" : "ul";
      return (
        <List dir="auto">
          {block.items.map((item, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            <li key={index}>
              <InlineView content={item} />
            </li>
          ))}
        </List>
      );
    }
    case "paragraph":
      return (
        <p dir="auto">
          <InlineView content={block.content} />
        </p>
      );
  }
}

function InlineView({ content }: { readonly content: readonly Inline[] }) {
  return content.map((piece, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: see above
    <Fragment key={index}>{inlineElement(piece)}</Fragment>
  ));
}

function inlineElement(piece: Inline) {
  switch (piece.kind) {
    case "text":
      return piece.text;
    case "strong":
      return <strong>{piece.text}</strong>;
    case "code":
      return <code>{piece.text}</code>;
    case "link":
      return piece.url.startsWith("/") ? (
        <Link to={piece.url}>{piece.text}</Link>
      ) : (
        <a href={piece.url} rel="noreferrer">
          {piece.text}
        </a>
      );
  }
}
