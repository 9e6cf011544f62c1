/* How far a reader got with each version. */
import { defineMessages, FormattedMessage, useIntl } from "react-intl";
import { Label } from "semantic-ui-react";
import { Level } from "../frame/Level";
import List from "../frame/List";
import { TimeRead } from "../frame/TimeRead";
import { When } from "../frame/When";

const messages = defineMessages({
  versions: {
    id: "clicktracker-versions",
    defaultMessage: "Versions",
  },
  version: {
    id: "clicktracker-version",
    defaultMessage: "Version",
  },
  evidence: {
    id: "clicktracker-evidence",
    defaultMessage: "Evidence",
  },
  served: {
    id: "clicktracker-served",
    defaultMessage: "Served",
  },
  opened: {
    id: "clicktracker-opened",
    defaultMessage: "Opened",
  },
  downloaded: {
    id: "clicktracker-downloaded",
    defaultMessage: "Downloaded",
  },
  timeRead: {
    id: "clicktracker-time-read",
    defaultMessage: "Time read",
  },
});

/* The first time and the last one, if that was on another day. */
const Times = ({ of: [first, last] }) => {
  if (!first) return "–";
  const isLater = last && last.slice(0, 10) !== first.slice(0, 10);
  return (
    <>
      <When at={first} dayOnly />
      {isLater && (
        <small>
          <FormattedMessage
            id="clicktracker-until"
            defaultMessage="until {time}"
            values={{ time: <When at={last} dayOnly /> }}
          />
        </small>
      )}
    </>
  );
};

const cellWith = (levels) => (name, item) => {
  switch (name) {
    case "version":
      return (
        <>
          {item.document && <strong dir="auto">{item.document} </strong>}
          {item.title} {item.standing && <Label size="small">{item.standing}</Label>}
        </>
      );
    case "evidence":
      return (
        <>
          <Level name={item.level} levels={levels} />
          {item.count > 0 && (
            <small>
              <FormattedMessage
                id="clicktracker-opened-times"
                defaultMessage="{count, plural, one {opened once} other {opened {count, number} times}}"
                values={{ count: item.count }}
              />
            </small>
          )}
        </>
      );
    case "timeRead":
      return item.count ? (
        <TimeRead
          seconds={item.engaged_seconds}
          percent={item.depth}
          ended={item.ended}
          printed={item.printed}
        />
      ) : (
        "–"
      );
    default:
      return <Times of={item[name]} />;
  }
};

export const Versions = ({ answer, asked }) => {
  const intl = useIntl();
  const { versions, versions_total: total, levels } = answer;
  const knowsDownloads = versions.some(({ downloaded }) => downloaded.length > 0);
  const columns = ["version", "evidence", "served", "opened", "downloaded", "timeRead"]
    .filter((name) => name !== "downloaded" || knowsDownloads)
    .map((name) => ({ name, title: intl.formatMessage(messages[name]) }));
  return (
    <section>
      <h2>{intl.formatMessage(messages.versions)}</h2>
      <List
        title={intl.formatMessage(messages.versions)}
        columns={columns}
        answer={{
          items: versions,
          items_total: total,
          batching: answer.versions_batching,
        }}
        cell={cellWith(levels)}
        asked={asked}
        start="versions"
      />
    </section>
  );
};
