/* Of whom least is known, and what one of them is missing: docs/rest.md,
   `@reading-dashboard-members`. */
import { defineMessages, FormattedMessage, useIntl } from "react-intl";
import { Link } from "react-router-dom";
import { contentPath } from "../contentPath";
import { Bar } from "../frame/Figures";
import Filters from "../frame/Filters";
import List from "../frame/List";
import Screen from "../frame/Screen";
import { useAnswer } from "../frame/useAnswer";
import { useAsked } from "../frame/useAsked";
import Head from "./Head";

const messages = defineMessages({
  title: {
    id: "clicktracker-dashboard",
    defaultMessage: "Reading dashboard",
  },
  members: {
    id: "clicktracker-members",
    defaultMessage: "Members",
  },
});

const cellWith = (asked) => (name, item) => {
  if (name === "name") {
    const { user, user_folder: folder } = item;
    return (
      <>
        <Link to={asked.addressWith({ member: user, folder, b_start: null })}>
          {item.name || user}
        </Link>
        {item.name && item.name !== user && <small>{user}</small>}
      </>
    );
  }
  if (name !== "share") return undefined;
  return (
    <>
      {item.share}
      <Bar
        parts={[{ name: "opened", title: item.share, number: item.opened }]}
        total={item.expected}
      />
    </>
  );
};

const Listed = ({ answer, asked }) => {
  const intl = useIntl();
  return (
    <>
      <Filters filters={answer.filters} asked={asked} />
      {answer.says.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {answer.items_total > 0 && (
        <List
          title={intl.formatMessage(messages.members)}
          columns={answer.columns}
          answer={answer}
          cell={cellWith(asked)}
          asked={asked}
        />
      )}
    </>
  );
};

const One = ({ answer, asked }) => (
  <>
    <p>
      <Link to={asked.addressWith({ member: null, folder: null })}>
        <FormattedMessage id="clicktracker-all-members" defaultMessage="All members" />
      </Link>
    </p>
    <h2 dir="auto">{answer.name || answer.user}</h2>
    <p>{answer.sentence}</p>
    <ul>
      {answer.items.map((item) => (
        <li key={item["@id"]}>
          <Link to={contentPath(item["@id"])} dir="auto">
            {item.title}
          </Link>
        </li>
      ))}
    </ul>
    {answer.says.map((sentence) => (
      <p key={sentence}>{sentence}</p>
    ))}
  </>
);

const Members = ({ path }) => {
  const intl = useIntl();
  const asked = useAsked();
  const { member, ...rest } = asked.asked;
  const service = `${path}/@reading-dashboard-members`;
  const told = useAnswer(
    member ? `${service}/${encodeURIComponent(member)}` : service,
    rest,
  );
  const Part = member ? One : Listed;
  return (
    <Screen path={path} title={intl.formatMessage(messages.title)} told={told}>
      {(answer) => (
        <>
          <Head answer={answer} shown="clicktracker-dashboard-members" />
          <Part answer={answer} asked={asked} />
        </>
      )}
    </Screen>
  );
};

export default Members;
