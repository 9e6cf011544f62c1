/* Are readers of something asked to acknowledge it: docs/rest.md, `@acknowledgement-choice`. */
import { defineMessages, useIntl } from "react-intl";
import Forms from "../frame/Forms";
import { Links, Said } from "../frame/Said";
import Screen from "../frame/Screen";
import { useAnswer } from "../frame/useAnswer";

const messages = defineMessages({
  title: { id: "clicktracker-asking", defaultMessage: "Acknowledgement" },
});

const Asking = ({ path }) => {
  const intl = useIntl();
  const service = `${path}/@acknowledgement-choice`;
  const told = useAnswer(service, { screen: 1 });
  const { again } = told;
  return (
    <Screen path={path} title={intl.formatMessage(messages.title)} told={told}>
      {({ screen, holding }) => (
        <>
          <Said screen={screen} />
          <Forms
            forms={screen.forms}
            send={{ choose: (values) => ["patch", service, { ...values, holding }] }}
            onDone={again}
            again={again}
          />
          <Links links={screen.links} />
        </>
      )}
    </Screen>
  );
};

export default Asking;
