/* What the `screen` of a service says: docs/rest.md, "What a screen says and asks". */
import { Message } from "semantic-ui-react";
import ScreenLink from "./ScreenLink";

/* A text, whose link is the words that it is called by, or stands behind the text; then it may
   be said what the link is `about`. */
export const Line = ({ line: { text, link } }) => {
  if (!link) return text;
  const [before, ...behind] = text.split(link.title);
  const leads = (
    <ScreenLink
      url={link["@id"]}
      aria-label={link.about && `${link.title} ${link.about}`}
    >
      <bdi>{link.title}</bdi>
    </ScreenLink>
  );
  return behind.length ? (
    <>
      {before}
      {leads}
      {behind.join(link.title)}
    </>
  ) : (
    <>
      {text} {leads}
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
