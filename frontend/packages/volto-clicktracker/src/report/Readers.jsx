/* Who read this: docs/rest.md, `@readers`. */
import { defineMessages, FormattedMessage, useIntl } from "react-intl";
import { classicURL } from "../classicURL";
import Screen from "../frame/Screen";
import { useAnswer } from "../frame/useAnswer";
import { useAsked } from "../frame/useAsked";
import Report from "./Report";

const messages = defineMessages({
  title: {
    id: "clicktracker-who-read-this",
    defaultMessage: "Who read this",
  },
});

/* The table of a folder is a screen of Plone. */
const PeopleAndPapers = ({ path }) => (
  <p>
    <a href={classicURL(`${path}/@@who-read-this`)}>
      <FormattedMessage
        id="clicktracker-people-and-papers"
        defaultMessage="People and papers"
      />
    </a>
  </p>
);

const Readers = ({ path }) => {
  const intl = useIntl();
  const asked = useAsked();
  const told = useAnswer(`${path}/@readers`, asked.asked);
  return (
    <Screen path={path} title={intl.formatMessage(messages.title)} told={told}>
      {(answer) => (
        <>
          {answer.lists.length === 0 && <PeopleAndPapers path={path} />}
          <Report
            path={path}
            answer={answer}
            asked={asked}
            errors={told.problem?.errors}
          />
        </>
      )}
    </Screen>
  );
};

export default Readers;
