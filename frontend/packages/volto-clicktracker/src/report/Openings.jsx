/* Each time that a reader has opened something. */
import { defineMessages, FormattedMessage, useIntl } from "react-intl";
import List from "../frame/List";
import { TimeRead } from "../frame/TimeRead";

const messages = defineMessages({
  openings: {
    id: "clicktracker-every-opening",
    defaultMessage: "Every opening",
  },
  opened: {
    id: "clicktracker-opened",
    defaultMessage: "Opened",
  },
  seen: {
    id: "clicktracker-last-activity",
    defaultMessage: "Last activity",
  },
  version: {
    id: "clicktracker-version",
    defaultMessage: "Version",
  },
  timeRead: {
    id: "clicktracker-time-read",
    defaultMessage: "Time read",
  },
  origin_title: {
    id: "clicktracker-origin",
    defaultMessage: "Where the page came from",
  },
});

const cell = (name, item) => {
  if (name === "version") {
    return (
      <>
        {item.document && <strong dir="auto">{item.document} </strong>}
        {item.version}
      </>
    );
  }
  if (name !== "timeRead") return undefined;
  return (
    <TimeRead
      seconds={item.engaged_seconds}
      percent={item.depth}
      ended={item.ended}
      printed={item.printed}
    />
  );
};

export const Openings = ({ answer, asked }) => {
  const intl = useIntl();
  const columns = ["opened", "seen", "version", "timeRead", "origin_title"].map(
    (name) => ({ name, title: intl.formatMessage(messages[name]) }),
  );
  return (
    <section>
      <h2>{intl.formatMessage(messages.openings)}</h2>
      <p className="own-reading-aside">
        <FormattedMessage
          id="clicktracker-openings-are-reported"
          defaultMessage="Reported by the reader's own browser. The last activity is when it last reported anything."
        />
      </p>
      <List
        title={intl.formatMessage(messages.openings)}
        columns={columns}
        answer={answer}
        cell={cell}
        asked={asked}
      />
    </section>
  );
};
