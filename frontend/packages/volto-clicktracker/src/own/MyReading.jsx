/* What is recorded about a member, one part at a time: docs/rest.md, `@my-reading`. */
import { defineMessages, FormattedMessage, useIntl } from "react-intl";
import { Link } from "react-router-dom";
import { classicURL } from "../classicURL";
import { contentPath } from "../contentPath";
import List from "../frame/List";
import Screen from "../frame/Screen";
import Tabs from "../frame/Tabs";
import { Told } from "../frame/Told";
import { TimeZone } from "../frame/TimeZone";
import { useAnswer } from "../frame/useAnswer";
import { useAsked } from "../frame/useAsked";

const SERVICE = "/@my-reading";

const messages = defineMessages({
  title: {
    id: "clicktracker-my-reading",
    defaultMessage: "What is recorded about you",
  },
  parts: {
    id: "clicktracker-what-is-recorded",
    defaultMessage: "What is recorded",
  },
});

/* Content is told by its title and its address. */
const cell = (name, item) => {
  const value = item[name];
  if (!value?.["@id"]) return undefined;
  return <Link to={contentPath(value["@id"])}>{value.title}</Link>;
};

/* Rows as the list wants them: by the names of the columns, which are their places here. */
const asList = ({ columns, items, ...answer }) => ({
  columns: columns.map((title, place) => ({ name: String(place), title })),
  answer: { ...answer, items: items.map((row) => ({ ...row })) },
});

const Part = ({ part, asked }) => {
  const { columns, answer } = asList(part);
  return (
    <>
      <p>
        {part.says} {part.kept}
      </p>
      <List
        title={part.title}
        columns={columns}
        answer={answer}
        cell={cell}
        asked={asked}
        empty={
          <p>
            <FormattedMessage
              id="clicktracker-nothing-recorded"
              defaultMessage="Nothing is recorded here."
            />
          </p>
        }
      />
      {part.items_total > 0 && (
        <>
          <dl>
            {part.explained.map(({ title, says }) => (
              <div key={title}>
                <dt>
                  <strong>{title}</strong>
                </dt>
                <dd>{says}</dd>
              </div>
            ))}
          </dl>
          <TimeZone zone={part.timezone} />
        </>
      )}
    </>
  );
};

const Parts = ({ parts, asked }) => {
  const intl = useIntl();
  const { part: name, ...rest } = asked.asked;
  const shown = parts.find((each) => each.name === name) ?? parts[0];
  const told = useAnswer(`${SERVICE}/${shown.name}`, rest);
  return (
    <>
      <Tabs
        title={intl.formatMessage(messages.parts)}
        tabs={parts.map((each) => ({
          ...each,
          to: asked.addressWith({ part: each.name, b_start: null }),
          isShown: each === shown,
        }))}
      />
      <h2>{shown.title}</h2>
      <Told told={told}>{(part) => <Part part={part} asked={asked} />}</Told>
    </>
  );
};

const MyReading = ({ path }) => {
  const intl = useIntl();
  const asked = useAsked();
  const told = useAnswer(SERVICE);
  return (
    <Screen path={path} title={intl.formatMessage(messages.title)} told={told}>
      {({ items }) => (
        <>
          <p>
            <FormattedMessage
              id="clicktracker-only-you"
              defaultMessage="Only you can open this page. People who may see readers find parts of it in their reports, and you find out here who has looked."
            />
          </p>
          <p>
            <a href={classicURL("/@@my-reading.json")} download>
              <FormattedMessage
                id="clicktracker-download-all"
                defaultMessage="Download all of it (JSON)"
              />
            </a>
          </p>
          <Parts parts={items} asked={asked} />
        </>
      )}
    </Screen>
  );
};

export default MyReading;
