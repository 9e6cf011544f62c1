/* By when something is to be read: docs/rest.md, `@deadline`. */
import { defineMessages, useIntl } from "react-intl";
import Forms from "../frame/Forms";
import { Links, Said } from "../frame/Said";
import Screen from "../frame/Screen";
import { useAnswer } from "../frame/useAnswer";

const messages = defineMessages({
  title: { id: "clicktracker-deadline", defaultMessage: "Deadline" },
});

const Deadline = ({ path }) => {
  const intl = useIntl();
  const service = `${path}/@deadline`;
  const told = useAnswer(service, { screen: 1 });
  const { again } = told;
  return (
    <Screen path={path} title={intl.formatMessage(messages.title)} told={told}>
      {({ screen, holding }) => (
        <>
          <Said screen={screen} />
          <Forms
            forms={screen.forms}
            send={{
              set: (values) => ["patch", service, { ...values, holding }],
              end: (values) => ["del", service, { ...values, holding }],
            }}
            onDone={again}
            again={again}
          />
          <Links links={screen.links} />
        </>
      )}
    </Screen>
  );
};

export default Deadline;
