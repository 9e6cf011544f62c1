/* The tracked documents of a place, and how far those are who are expected to read each:
   docs/rest.md, `@reading-dashboard`. */
import { defineMessages, FormattedMessage, useIntl } from "react-intl";
import Filters from "../frame/Filters";
import List from "../frame/List";
import ScreenLink from "../frame/ScreenLink";
import Screen from "../frame/Screen";
import { Overdue } from "../frame/State";
import { TimeZone } from "../frame/TimeZone";
import { useAnswer } from "../frame/useAnswer";
import { useAsked } from "../frame/useAsked";
import { When } from "../frame/When";
import Head from "./Head";
import Opened from "./Opened";
import Period from "./Period";
import Recent from "./Recent";
import Share from "./Share";

const messages = defineMessages({
  title: {
    id: "clicktracker-dashboard",
    defaultMessage: "Reading dashboard",
  },
  progress: {
    id: "clicktracker-progress-of-documents",
    defaultMessage: "Reading progress of documents",
  },
});

const Title = ({ item }) => (
  <>
    <ScreenLink url={item.screen} dir="auto">
      {item.title}
    </ScreenLink>
    <small>
      {item.type_title}
      {item.folder && (
        <>
          {" "}
          · <bdi>{item.folder}</bdi>
        </>
      )}
    </small>
  </>
);

const Deadline = ({ item }) =>
  item.deadline_text && (
    <>
      <bdi>{item.deadline_text}</bdi>
      {item.overdue && <Overdue />}
      {item.evidence_title && (
        <small>
          <FormattedMessage
            id="clicktracker-evidence-asked-for"
            defaultMessage="Evidence asked for: {level}."
            values={{ level: item.evidence_title }}
          />
        </small>
      )}
    </>
  );

const CELLS = {
  title: Title,
  changed: ({ item }) => <When at={item.modified} dayOnly />,
  deadline: Deadline,
  share: Share,
};

const cell = (name, item) => {
  const Cell = CELLS[name];
  return Cell && <Cell item={item} />;
};

/* The list has orders with names, of which each column says the one to ask for. */
const inOrder = (asked) => ({
  ...asked,
  addressWith: ({ sort_on: order, sort_order: _turned, ...changes }) =>
    asked.addressWith(order === undefined ? changes : { ...changes, order }),
});

const Listed = ({ answer, asked }) => {
  const intl = useIntl();
  const sorted = answer.columns.find((column) => column.sorted);
  return (
    <List
      title={intl.formatMessage(messages.progress)}
      columns={answer.columns.map((column) => ({ ...column, sort_on: column.order }))}
      answer={answer}
      order={
        sorted && { column: sorted.name, isReverse: sorted.sorted === "descending" }
      }
      cell={cell}
      asked={inOrder(asked)}
    />
  );
};

/* Each figure in a few sentences, of which the first has the number that matters. */
const Figures = ({ sentences }) => (
  <ul className="own-reading-cards">
    {sentences.map(([first, ...more]) => (
      <li key={first}>
        <strong>{first}</strong>
        {more.map((sentence) => (
          <small key={sentence}>{sentence}</small>
        ))}
      </li>
    ))}
  </ul>
);

const Documents = ({ path }) => {
  const intl = useIntl();
  const asked = useAsked();
  const told = useAnswer(`${path}/@reading-dashboard`, asked.asked);
  return (
    <Screen path={path} title={intl.formatMessage(messages.title)} told={told}>
      {(answer) => (
        <>
          <Head answer={answer} shown="clicktracker-dashboard" />
          {answer.recent && (
            <Recent
              recent={answer.recent}
              to={asked.addressWith({ order: "changed", b_start: null })}
            />
          )}
          <Figures sentences={answer.sentences} />
          {answer.periods.length > 0 && answer.documents_total > 0 && (
            <Period answer={answer} asked={asked} errors={told.problem?.errors} />
          )}
          {answer.documents_total > 0 && (
            <h2>
              <FormattedMessage
                id="clicktracker-tracked-documents"
                defaultMessage="Tracked documents"
              />
            </h2>
          )}
          <Filters filters={answer.filters} asked={asked} />
          {answer.items_total > 0 && <Listed answer={answer} asked={asked} />}
          {answer.says.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
          {answer.chart && answer.documents_total > 0 && <Opened answer={answer} />}
          <TimeZone zone={answer.timezone} />
        </>
      )}
    </Screen>
  );
};

export default Documents;
