/* What a member still has to read, and what is done: docs/rest.md, `@my-reading-list`. */
import { defineMessages, FormattedMessage, useIntl } from "react-intl";
import ScreenLink from "../frame/ScreenLink";
import Screen from "../frame/Screen";
import Tabs from "../frame/Tabs";
import { useAnswer } from "../frame/useAnswer";
import { useAsked } from "../frame/useAsked";
import OwnDocuments from "./OwnDocuments";

const messages = defineMessages({
  title: {
    id: "clicktracker-my-reading-list",
    defaultMessage: "My reading list",
  },
  lists: {
    id: "clicktracker-lists",
    defaultMessage: "Lists",
  },
});

const MyReadingList = ({ path }) => {
  const intl = useIntl();
  const asked = useAsked();
  const told = useAnswer("/@my-reading-list", asked.asked);
  const title = intl.formatMessage(messages.title);
  return (
    <Screen path={path} title={title} told={told}>
      {(answer) => (
        <>
          <Tabs
            title={intl.formatMessage(messages.lists)}
            tabs={answer.lists.map(({ name, title: text, documents }) => ({
              name,
              title: text,
              number: documents,
              to: asked.addressWith({ list: name, b_start: null }),
              isShown: name === answer.list,
            }))}
          />
          {answer.says && <p>{answer.says}</p>}
          {answer.items_total > 0 && (
            <OwnDocuments title={title} answer={answer} asked={asked} />
          )}
          <p>
            <ScreenLink url="/@@my-deadlines">
              <FormattedMessage
                id="clicktracker-deadlines-in-calendar"
                defaultMessage="Deadlines in your calendar"
              />
            </ScreenLink>
          </p>
        </>
      )}
    </Screen>
  );
};

export default MyReadingList;
