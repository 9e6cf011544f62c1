/* What services say of visitors, in lines: docs/rest.md, "For screens". */
import { Link } from "react-router-dom";
import { Message } from "semantic-ui-react";
import { contentPath } from "../contentPath";
import { Line, Lines } from "../frame/Said";
import ScreenLink from "../frame/ScreenLink";

/* Who it is: a name, or what there is instead of one. */
export const Who = ({ who }) => (
  <>
    <strong dir="auto">
      <Line line={who} />
    </strong>
    {who.note && <small>{who.note}</small>}
  </>
);

/* A page of the site, which leads there as long as there is one. */
export const Page = ({
  page: { text, link, address, status, is_hidden: isHidden },
}) => (
  <>
    {link && (
      <Link to={contentPath(link["@id"])}>
        <bdi>{text}</bdi>
      </Link>
    )}
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
        <bdi>
          <Line line={fact} />
        </bdi>
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

export const Notices = ({ notices }) =>
  notices.length > 0 && (
    <Message>
      <Lines lines={notices} />
    </Message>
  );
