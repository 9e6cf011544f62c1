/* What the `screen` of a service says: docs/rest.md, "What a screen says and asks". */
import { Message } from "semantic-ui-react";
import ScreenLink from "./ScreenLink";

/* A text, with a link: `around` is what stands before and behind the words of the link, where
   these are part of the text; then it may be said what the link is `about`. */
export const Line = ({ line: { text, link, around = [`${text} `, ""] } }) => {
  if (!link) return text;
  const [before, behind] = around;
  return (
    <>
      {before}
      <ScreenLink
        url={link["@id"]}
        aria-label={link.about && `${link.title} ${link.about}`}
      >
        <bdi>{link.title}</bdi>
      </ScreenLink>
      {behind}
    </>
  );
};

export const Lines = ({ lines }) =>
  lines.map((line, number) => (
    <p key={number} dir="auto" className="own-reading-said">
      <Line line={line} />
    </p>
  ));

export const Said = ({ screen: { notices, sentences, warnings } }) => (
  <>
    {notices.map((line) => (
      <Message key={line.text} info>
        <Line line={line} />
      </Message>
    ))}
    <Lines lines={sentences} />
    {warnings.map((line) => (
      <Message key={line.text} warning>
        <Line line={line} />
      </Message>
    ))}
  </>
);

/* Where a screen leads, and what is said beside that. */
export const Links = ({ links }) => (
  <ul className="own-reading-links">
    {links.map(({ "@id": url, title, said = [] }) => (
      <li key={url}>
        <ScreenLink url={url}>{title}</ScreenLink>
        {said.map((text) => (
          <small key={text} dir="auto">
            {text}
          </small>
        ))}
      </li>
    ))}
  </ul>
);
