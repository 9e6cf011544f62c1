/* What was read and is not there any more: docs/rest.md, `@deleted-documents`. */
import { defineMessages, FormattedMessage, useIntl } from "react-intl";
import Head from "../dashboard/Head";
import Filters from "../frame/Filters";
import List from "../frame/List";
import ScreenLink from "../frame/ScreenLink";
import Screen from "../frame/Screen";
import { useAnswer } from "../frame/useAnswer";
import { useAsked } from "../frame/useAsked";
import { TimeZone } from "../frame/TimeZone";
import { When } from "../frame/When";

const messages = defineMessages({
  title: {
    id: "clicktracker-dashboard",
    defaultMessage: "Reading dashboard",
  },
  documents: {
    id: "clicktracker-deleted-documents",
    defaultMessage: "Deleted documents",
  },
});

const CELLS = {
  title: ({ item }) => (
    <>
      <ScreenLink url={item.screen} dir="auto">
        {item.title}
      </ScreenLink>
      <small>{item.address}</small>
    </>
  ),
  readers: ({ item }) => item.readers_text,
  last: ({ item }) => <When at={item.last} />,
};

const cell = (name, item) => {
  const Cell = CELLS[name];
  return <Cell item={item} />;
};

const Deleted = ({ path }) => {
  const intl = useIntl();
  const asked = useAsked();
  const told = useAnswer("/@deleted-documents", asked.asked);
  return (
    <Screen path={path} title={intl.formatMessage(messages.title)} told={told}>
      {(answer) => (
        <>
          <Head answer={answer} shown="clicktracker-deleted" />
          {answer.says.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
          <Filters filters={answer.filters} asked={asked} />
          {answer.items_total > 0 && (
            <>
              <List
                title={intl.formatMessage(messages.documents)}
                columns={answer.columns}
                answer={answer}
                cell={cell}
                asked={asked}
              />
              <TimeZone zone={answer.timezone} />
            </>
          )}
          {answer.seals && (
            <p>
              <ScreenLink url={answer.seals}>
                <FormattedMessage
                  id="clicktracker-deleted-seals"
                  defaultMessage="Sealed reports of deleted documents"
                />
              </ScreenLink>
            </p>
          )}
        </>
      )}
    </Screen>
  );
};

export default Deleted;
