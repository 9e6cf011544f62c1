/* The list of the report that is asked for. */
import { defineMessages, FormattedMessage, useIntl } from "react-intl";
import { Link } from "react-router-dom";
import { flattenToAppURL } from "@plone/volto/helpers/Url/Url";
import { Level } from "../frame/Level";
import List from "../frame/List";
import { Overdue } from "../frame/State";
import { TimeRead } from "../frame/TimeRead";
import { When } from "../frame/When";
import { addressOfReader } from "./addressOfReader";

const messages = defineMessages({
  readers: {
    id: "clicktracker-readers",
    defaultMessage: "Readers",
  },
  timeRead: {
    id: "clicktracker-time-read",
    defaultMessage: "Time read",
  },
  page: {
    id: "clicktracker-page",
    defaultMessage: "Page",
  },
});

/* What is shown of the readings, and by which other value that is sorted. */
const READINGS = ["reader", "level", "seconds", "opened", "last", "document"];
const SORTED_BY = { opened: "opened_any", last: "last_any", document: "address" };

const REST = {
  absent: ["reader", "served"],
  excused: ["reader", "reason", "recorded_by", "recorded"],
};

const Reader = ({ item, to }) => (
  <>
    {to ? (
      <Link to={to} dir="auto">
        {item.reader}
      </Link>
    ) : (
      <span dir="auto">{item.reader}</span>
    )}
    {item.user && item.user !== item.reader && <small>{item.user}</small>}
    {item.overdue && <Overdue />}
    {item.note && <small>{item.note}</small>}
  </>
);

/* It isn't said of each that it is the current version. */
const Evidence = ({ item, levels }) => (
  <>
    <Level name={item.level} levels={levels} />
    {item.acknowledged && (
      <small>
        <FormattedMessage
          id="clicktracker-acknowledged-at"
          defaultMessage="acknowledged {time}"
          values={{ time: <When at={item.acknowledged} /> }}
        />
      </small>
    )}
    {item.attested && (
      <small>
        <FormattedMessage
          id="clicktracker-attested-at"
          defaultMessage="attested {time}"
          values={{ time: <When at={item.attested} /> }}
        />
      </small>
    )}
    {!item.is_current && item.standing && <small>{item.standing}</small>}
    {item.versions_behind > 0 && (
      <small>
        <FormattedMessage
          id="clicktracker-versions-behind"
          defaultMessage="{number, plural, one {one version behind} other {# versions behind}}"
          values={{ number: item.versions_behind }}
        />
      </small>
    )}
    {item.counts_as && <small>{item.counts_as}</small>}
    {item.downloaded && item.opened > 0 && (
      <small>
        <FormattedMessage
          id="clicktracker-downloaded-at"
          defaultMessage="downloaded {time}"
          values={{ time: <When at={item.downloaded} /> }}
        />
      </small>
    )}
  </>
);

const Opened = ({ item }) => (
  <>
    {item.opened || "–"}
    {item.cached > 0 && (
      <small>
        <FormattedMessage
          id="clicktracker-from-cache"
          defaultMessage="{count} from a cached or older copy of the page"
          values={{ count: item.cached }}
        />
      </small>
    )}
    {item.opened_any !== item.opened && (
      <small>
        <FormattedMessage
          id="clicktracker-with-all-versions"
          defaultMessage="{count} with all versions"
          values={{ count: item.opened_any }}
        />
      </small>
    )}
  </>
);

const Last = ({ item: { last, last_any: any } }) => (
  <>
    {last ? <When at={last} dayOnly /> : !any && "–"}
    {any && any !== last && (
      <small>
        <FormattedMessage
          id="clicktracker-any-version"
          defaultMessage="any version: {time}"
          values={{ time: <When at={any} dayOnly /> }}
        />
      </small>
    )}
  </>
);

const Served = ({ at }) =>
  at ? (
    <FormattedMessage
      id="clicktracker-served-only"
      defaultMessage="The page was served to this reader on {time}, but the browser has not reported back."
      values={{ time: <When at={at} dayOnly /> }}
    />
  ) : (
    <FormattedMessage
      id="clicktracker-nothing-known"
      defaultMessage="Nothing is known."
    />
  );

const Page = ({ item }) => (
  <>
    <Link to={flattenToAppURL(item.address)} dir="auto">
      {item.document}
    </Link>
    <small>{flattenToAppURL(item.address)}</small>
  </>
);

/* Readings can be of different pages in a folder, and where there are translations. */
const shownOf = (answer, tab) =>
  REST[tab] ??
  (!tab || new Set(answer.items.map(({ address }) => address)).size > 1
    ? READINGS
    : READINGS.slice(0, -1));

const ReadersTable = ({ path, answer, asked }) => {
  const intl = useIntl();
  const { about, columns, levels } = answer;
  const tab = about.list;
  const titles = {
    seconds: intl.formatMessage(messages.timeRead),
    document: intl.formatMessage(messages.page),
  };
  const known = Object.fromEntries(columns.map((column) => [column.name, column]));
  const shown = shownOf(answer, tab).map((name) => ({
    ...known[name],
    title: titles[name] ?? known[name].title,
    sort_on: known[SORTED_BY[name] ?? name].sort_on,
  }));
  const sorted = Object.keys(SORTED_BY).find(
    (name) => SORTED_BY[name] === about.sorted_by,
  );

  const cell = (name, item) => {
    switch (name) {
      case "reader":
        return <Reader item={item} to={addressOfReader(path, item, asked)} />;
      case "level":
        return <Evidence {...{ item, levels }} />;
      case "seconds":
        return item.opened ? <TimeRead {...item} /> : "–";
      case "opened":
        return <Opened item={item} />;
      case "last":
        return <Last item={item} />;
      case "document":
        return <Page item={item} />;
      case "served":
        return <Served at={item.served} />;
      default:
        return undefined;
    }
  };

  return (
    <List
      title={intl.formatMessage(messages.readers)}
      columns={shown}
      answer={answer}
      order={{ column: sorted ?? about.sorted_by, isReverse: about.reverse }}
      cell={cell}
      asked={asked}
      /* Why there is nothing is said above. */
      empty={<></>}
    />
  );
};

export default ReadersTable;
