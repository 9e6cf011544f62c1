/* What services say of visitors, in lines: docs/rest.md, "For screens". */
import { Link } from "react-router-dom";
import { Message } from "semantic-ui-react";
import { asPath } from "../asPath";
import ScreenLink from "../frame/ScreenLink";

/* A text, which is the link itself where that is called the same. */
export const Line = ({ line: { text, link } }) => {
  if (!link) return <bdi>{text}</bdi>;
  const title = <bdi>{link.title}</bdi>;
  if (link.title === text) return <ScreenLink url={link["@id"]}>{title}</ScreenLink>;
  return (
    <>
      <bdi>{text}</bdi>{" "}
      <ScreenLink
        url={link["@id"]}
        aria-label={link.about && `${link.title} ${link.about}`}
      >
        {title}
      </ScreenLink>
    </>
  );
};

/* Who it is: a name, or what there is instead of one. */
export const Who = ({ who }) => (
  <>
    <strong>
      <Line line={who} />
    </strong>
    {who.note && <small>{who.note}</small>}
  </>
);

/* Files and images have a page of their own in Volto without a name of a view. */
const inVolto = (url) => asPath(url).replace(/\/view$/, "") || "/";

/* A page of the site, which leads there as long as there is one. */
export const Page = ({
  page: { text, link, address, status, is_hidden: isHidden },
}) => (
  <>
    {link && <Link to={inVolto(link["@id"])}>{<bdi>{text}</bdi>}</Link>}
    {!link && (isHidden ? <em>{text}</em> : <bdi>{text}</bdi>)}
    {status && <span className="own-reading-status">{status}</span>}
    {address && <small>{address}</small>}
  </>
);

/* What is known beside, in one line. */
export const Facts = ({ facts }) => (
  <small>
    {facts.map((fact, number) => (
      <span key={number}>
        {number > 0 && " · "}
        <Line line={fact} />
      </span>
    ))}
  </small>
);

/* The other screens about visitors. The one that is shown is no link. */
export const Screens = ({ title, links, hash = "" }) => (
  <nav className="own-reading-screens" aria-label={title}>
    <ul>
      {links.map(({ "@id": url, title: text, is_shown: isShown }) => (
        <li key={url}>
          {isShown ? (
            <strong aria-current="page">{text}</strong>
          ) : (
            <ScreenLink url={url + hash}>{text}</ScreenLink>
          )}
        </li>
      ))}
    </ul>
  </nav>
);

export const Lines = ({ lines }) =>
  lines.map((line, number) => (
    <p key={number}>
      <Line line={line} />
    </p>
  ));

export const Notices = ({ notices }) =>
  notices.length > 0 && (
    <Message>
      <Lines lines={notices} />
    </Message>
  );
