/* To excuse somebody, or to change how long somebody is excused: docs/rest.md,
   `@exceptions`. The address says whom. */
import { defineMessages, useIntl } from "react-intl";
import { useHistory } from "react-router-dom";
import { flattenToAppURL } from "@plone/volto/helpers/Url/Url";
import Forms from "../frame/Forms";
import { Links } from "../frame/Said";
import Screen from "../frame/Screen";
import { useAnswer } from "../frame/useAnswer";
import { useAsked } from "../frame/useAsked";

const messages = defineMessages({
  title: { id: "clicktracker-excuse", defaultMessage: "Excuse somebody" },
  change: {
    id: "clicktracker-change-exception",
    defaultMessage: "Change an exception",
  },
});

const Excuse = ({ path }) => {
  const intl = useIntl();
  const history = useHistory();
  const { asked } = useAsked();
  const { person, exception } = asked;
  const audience = `${path}/clicktracker-audience`;
  const told = useAnswer(`${path}/@exceptions`, { screen: 1, person, exception });
  const title = intl.formatMessage(exception ? messages.change : messages.title);
  return (
    <Screen path={path} title={title} back={audience} told={told}>
      {({ screen: { forms, links } }) => (
        <>
          <Forms
            forms={forms}
            screen={title}
            send={
              forms.change
                ? {
                    change: (values) => [
                      "patch",
                      flattenToAppURL(forms.change["@id"]),
                      values,
                    ],
                  }
                : { excuse: (values) => ["post", `${path}/@exceptions`, values] }
            }
            onDone={() => history.push(audience)}
            again={told.again}
          />
          <Links links={links} />
        </>
      )}
    </Screen>
  );
};

export default Excuse;
