/* To choose who is expected to read something: docs/rest.md, `@audience`. */
import { useState } from "react";
import { defineMessages, useIntl } from "react-intl";
import { useHistory } from "react-router-dom";
import { Message } from "semantic-ui-react";
import Forms from "../frame/Forms";
import { Links, Said } from "../frame/Said";
import Screen from "../frame/Screen";
import { sayDone } from "../frame/sayDone";
import { useAnswer } from "../frame/useAnswer";

const messages = defineMessages({
  title: {
    id: "clicktracker-audience-rule",
    defaultMessage: "Change who is expected",
  },
});

const AudienceRule = ({ path }) => {
  const intl = useIntl();
  const history = useHistory();
  const title = intl.formatMessage(messages.title);
  const service = `${path}/@audience`;
  const audience = `${path}/clicktracker-audience`;
  const told = useAnswer(service, { screen: 1, b_size: 1 });
  const [preview, setPreview] = useState(null);

  /* A preview has changed nothing, and is said where it was asked for, until something else
     is chosen. */
  const done = ({ message, how_many: howMany }) => {
    if (!howMany) return setPreview(message);
    sayDone(howMany);
    return history.push(audience);
  };

  return (
    <Screen path={path} title={title} back={audience} told={told}>
      {({ screen }) => (
        <>
          <Said screen={{ ...screen, sentences: [] }} />
          <Forms
            forms={screen.forms}
            screen={title}
            send={{
              choose: (values, data) => ["patch", service, { ...values, ...data }],
            }}
            onDone={done}
            onTyped={() => setPreview(null)}
            again={told.again}
          />
          <div role="status">{preview && <Message info>{preview}</Message>}</div>
          <Links links={screen.links.filter(({ "@id": url }) => !/-rule$/.test(url))} />
        </>
      )}
    </Screen>
  );
};

export default AudienceRule;
