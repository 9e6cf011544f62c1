/* Tracked or not and through what, the choice, and what is done next: docs/rest.md, `@tracking`. */
import { defineMessages, useIntl } from "react-intl";
import Forms from "../frame/Forms";
import { Links, Said } from "../frame/Said";
import Screen from "../frame/Screen";
import { useAnswer } from "../frame/useAnswer";

const messages = defineMessages({
  title: { id: "clicktracker-tracking", defaultMessage: "Tracking" },
});

const Tracking = ({ path }) => {
  const intl = useIntl();
  const service = `${path}/@tracking`;
  const told = useAnswer(service, { screen: 1 });
  const { again } = told;
  return (
    <Screen path={path} title={intl.formatMessage(messages.title)} told={told}>
      {({ screen }) => (
        <>
          <Said screen={screen} />
          <Forms
            forms={screen.forms}
            send={{ choose: (values) => ["patch", service, values] }}
            onDone={again}
            again={again}
          />
          <Links links={screen.links} />
        </>
      )}
    </Screen>
  );
};

export default Tracking;
