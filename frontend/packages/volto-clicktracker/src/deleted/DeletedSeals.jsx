/* The sealed reports of what is not there any more: docs/rest.md, `@deleted-seals`. */
import { defineMessages, FormattedMessage, useIntl } from "react-intl";
import { Link } from "react-router-dom";
import { classicURL } from "../classicURL";
import { Pages } from "../frame/Pages";
import Screen from "../frame/Screen";
import { useAnswer } from "../frame/useAnswer";
import { useAsked } from "../frame/useAsked";
import { When } from "../frame/When";
import "../dashboard/dashboard.css";

const messages = defineMessages({
  title: {
    id: "clicktracker-deleted-seals",
    defaultMessage: "Sealed reports of deleted documents",
  },
});

/* In Plone itself: the files, and what makes something of a seal. */
const inPlone = (view, query) => {
  const asked = query ? `?${new URLSearchParams(query)}` : "";
  return classicURL(`/@@clicktracker-deleted-seal${view}${asked}`);
};

const Seal = ({ seal }) => (
  <li>
    <h2 dir="auto">{seal.title || seal.address}</h2>
    <small>{seal.address}</small>
    <p>
      <strong>
        <FormattedMessage
          id="clicktracker-seal-as-of"
          defaultMessage="Seal {number, number}, as of {time}"
          values={{ number: seal.number, time: <When at={seal.as_of} /> }}
        />
      </strong>
      <small>
        <FormattedMessage
          id="clicktracker-sealed-by"
          defaultMessage="Sealed by {name}, {time}"
          values={{ name: <bdi>{seal.made_by}</bdi>, time: <When at={seal.made} /> }}
        />
      </small>
      <small>
        {seal.stamped ? (
          <FormattedMessage
            id="clicktracker-time-stamp"
            defaultMessage="Time stamp of an authority: {time}"
            values={{ time: <When at={seal.stamped} /> }}
          />
        ) : (
          <FormattedMessage
            id="clicktracker-no-time-stamp"
            defaultMessage="Without a time stamp"
          />
        )}
      </small>
      <small>
        <FormattedMessage id="clicktracker-fingerprint" defaultMessage="Fingerprint:" />{" "}
        <code>{seal.hash}</code>
      </small>
    </p>
    <p className="own-reading-parts">
      <a href={inPlone(".json", { number: seal.number })} download>
        <FormattedMessage
          id="clicktracker-download-file"
          defaultMessage="Download the file"
        />
      </a>
      <a href={inPlone("-print", { number: seal.number })}>
        <FormattedMessage id="clicktracker-print" defaultMessage="Print" />
      </a>
    </p>
  </li>
);

const DeletedSeals = ({ path }) => {
  const intl = useIntl();
  const asked = useAsked();
  const told = useAnswer("/@deleted-seals", asked.asked);
  return (
    <Screen
      path={path}
      title={intl.formatMessage(messages.title)}
      back="/clicktracker-deleted"
      told={told}
    >
      {(answer) => (
        <>
          <p>
            <FormattedMessage
              id="clicktracker-seals-are-kept"
              defaultMessage="Sealed reports are kept when the document is deleted. Titles and addresses are those from when it was sealed."
            />
          </p>
          <p>
            <Link to="/clicktracker-deleted">
              <FormattedMessage
                id="clicktracker-all-deleted-documents"
                defaultMessage="All deleted documents"
              />
            </Link>
          </p>
          {answer.items_total === 0 && (
            <p>
              <FormattedMessage
                id="clicktracker-no-deleted-seals"
                defaultMessage="There are no sealed reports of deleted documents."
              />
            </p>
          )}
          <ul className="own-reading-seals">
            {answer.items.map((seal) => (
              <Seal key={seal.number} seal={seal} />
            ))}
          </ul>
          <Pages
            batching={answer.batching}
            total={answer.items_total}
            shown={answer.items.length}
            asked={asked}
            start="b_start"
          />
          <p>
            <a href={inPlone("s")}>
              <FormattedMessage
                id="clicktracker-check-seals"
                defaultMessage="Check seals, or get time stamps for them"
              />
            </a>
          </p>
        </>
      )}
    </Screen>
  );
};

export default DeletedSeals;
