/* Who read this: docs/rest.md, `@readers`. */
import { defineMessages, useIntl } from "react-intl";
import List from "../frame/List";
import Screen from "../frame/Screen";
import { useAnswer } from "../frame/useAnswer";
import { useAsked } from "../frame/useAsked";

const messages = defineMessages({
  title: {
    id: "clicktracker-who-read-this",
    defaultMessage: "Who read this",
  },
  readers: {
    id: "clicktracker-readers",
    defaultMessage: "Readers",
  },
});

const SHOWN = ["reader", "level", "opened", "last"];

const Readers = ({ path }) => {
  const intl = useIntl();
  const asked = useAsked();
  const told = useAnswer(`${path}/@readers`, asked.asked);
  return (
    <Screen path={path} title={intl.formatMessage(messages.title)} told={told}>
      {(answer) => (
        <List
          title={intl.formatMessage(messages.readers)}
          columns={answer.columns.filter(({ name }) => SHOWN.includes(name))}
          answer={answer}
          asked={asked}
        />
      )}
    </Screen>
  );
};

export default Readers;
