/* The report as it is on its own screen and below the choice of what is tracked. */
import { defineMessages, FormattedMessage, useIntl } from "react-intl";
import { Link } from "react-router-dom";
import { Message } from "semantic-ui-react";
import { classicURL } from "../classicURL";
import Chart from "../frame/Chart";
import Figures from "../frame/Figures";
import Filters from "../frame/Filters";
import ScreenLink from "../frame/ScreenLink";
import { State } from "../frame/State";
import Tabs from "../frame/Tabs";
import { When } from "../frame/When";
import { Evidence } from "./Evidence";
import { Profile } from "./Profile";
import ReadersTable from "./ReadersTable";
import "./report.css";

const messages = defineMessages({
  lists: {
    id: "clicktracker-lists-of-readers",
    defaultMessage: "Lists of readers",
  },
});

const Deadline = ({ deadline }) => (
  <p>
    <FormattedMessage
      id="clicktracker-to-be-read-by"
      defaultMessage="To be read by: {deadline}"
      values={{ deadline: <strong>{deadline.text}</strong> }}
    />{" "}
    {deadline.is_over && (
      <State
        state={{
          name: "over",
          title: <FormattedMessage id="clicktracker-over" defaultMessage="Over" />,
        }}
      />
    )}{" "}
    <FormattedMessage
      id="clicktracker-evidence-asked-for"
      defaultMessage="Evidence asked for: {level}."
      values={{ level: deadline.title }}
    />
  </p>
);

const Answer = ({ answer, asked }) => {
  const listOf = (which) => whole(asked, which);
  const parts = answer.parts.map(({ title, people, tab, level }) => ({
    name: level ?? tab,
    title,
    number: people,
    to: listOf({ tab, level }),
  }));
  return (
    <Figures sentences={answer.sentences} parts={parts} total={answer.expected}>
      {answer.short && (
        <p>
          <Link to={listOf({ tab: "read", missing: 1 })}>
            {answer.short.title} {answer.short.people}
          </Link>
        </p>
      )}
      {answer.last && (
        <p className="own-reading-aside">
          <FormattedMessage
            id="clicktracker-last-read"
            defaultMessage="Last read on {time}"
            values={{ time: <When at={answer.last} dayOnly /> }}
          />
        </p>
      )}
    </Figures>
  );
};

/* The address of a list, narrowed in no other way. */
const whole = ({ asked, addressWith }, which) => {
  const nothing = Object.fromEntries(Object.keys(asked).map((name) => [name, null]));
  return addressWith({ ...nothing, ...which });
};

const Lists = ({ lists, current, asked }) => {
  const intl = useIntl();
  const tabs = lists.map(({ name, title, people }) => ({
    name,
    title,
    number: people,
    to: whole(asked, { tab: name }),
    isShown: name === current,
  }));
  return <Tabs title={intl.formatMessage(messages.lists)} tabs={tabs} />;
};

const Files = ({ files }) => (
  <details className="own-reading-files">
    <summary>
      <FormattedMessage id="clicktracker-export" defaultMessage="Export" />
    </summary>
    <ul>
      {files.map((file) => (
        <li key={file["@id"]}>
          <a href={classicURL(file["@id"])}>{file.title}</a>
        </li>
      ))}
    </ul>
  </details>
);

const Filtered = ({ total, filtered }) => (
  <p>
    <FormattedMessage
      id="clicktracker-filtered"
      defaultMessage="{total, plural, =0 {Nobody matches these filters: {filters}.} other {Filtered ({total, number}): {filters}.}}"
      values={{ total, filters: <strong>{filtered.join("; ")}</strong> }}
    />
  </p>
);

const Sentences = ({ of }) =>
  of.length > 0 && <p className="own-reading-aside">{of.join(" ")}</p>;

/* `answer` is that of `@readers`; `errors` are what it has not understood of what was
   `asked`. */
const Report = ({ path, answer, asked, errors = [] }) => {
  const { about, lists, filtered } = answer;
  return (
    <>
      {answer.notices.map((notice) => (
        <Message key={notice} warning content={notice} />
      ))}
      {answer.deadline && <Deadline deadline={answer.deadline} />}
      {answer.answer && <Answer answer={answer.answer} asked={asked} />}
      {answer.evidence && <Evidence evidence={answer.evidence} />}
      {about.minor_changes?.split("\n").map((change) => (
        <p key={change}>{change}</p>
      ))}
      {lists.length > 0 && <Lists lists={lists} current={about.list} asked={asked} />}
      <Filters filters={answer.filters} asked={asked} errors={errors} />
      <div role="status">
        {filtered.length > 0 && (
          <Filtered total={answer.items_total} filtered={filtered} />
        )}
      </div>
      <Sentences of={answer.explanation} />
      <ReadersTable path={path} answer={answer} asked={asked} />
      <p className="own-reading-aside">
        <FormattedMessage
          id="clicktracker-time-zone"
          defaultMessage="All times are in the time zone {zone}."
          values={{ zone: about.timezone }}
        />{" "}
        {about.no_evidence}
      </p>
      {answer.chart && <Chart chart={answer.chart} />}
      {answer.profile && <Profile profile={answer.profile} />}
      <Files files={answer.files} />
      {answer.links.map((link) => (
        <p key={link["@id"]}>
          <ScreenLink url={link["@id"]}>{link.title}</ScreenLink>
        </p>
      ))}
    </>
  );
};

export default Report;
