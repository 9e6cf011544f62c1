/* What services say of visitors, in lines: docs/rest.md, "For screens". */
import { Link } from "react-router-dom";
import { Message } from "semantic-ui-react";
import { contentPath } from "../contentPath";
import { Line, Lines } from "../frame/Said";
import Tabs from "../frame/Tabs";

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

/* The screens about visitors, or the same one of other times. */
export const Screens = ({ title, links, hash = "" }) => (
  <Tabs
    title={title}
    tabs={links.map(({ "@id": url, title: text, is_shown: isShown }) => ({
      name: url,
      title: text,
      url: url + hash,
      isShown,
    }))}
  />
);

export const Notices = ({ notices }) =>
  notices.length > 0 && (
    <Message>
      <Lines lines={notices} />
    </Message>
  );
