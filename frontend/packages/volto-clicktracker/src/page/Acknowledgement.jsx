/* Readers who are asked to say that they have read the page can do so here, and see what they
   have said. */
import { useState } from "react";
import { FormattedMessage, defineMessages, useIntl } from "react-intl";
import { useDispatch } from "react-redux";
import { Button, Container, Form, Message, Segment } from "semantic-ui-react";
import { getContent } from "@plone/volto/actions/content/content";
import { flattenToAppURL } from "@plone/volto/helpers/Url/Url";
import { classicURL } from "../classicURL";
import { focusOn } from "../frame/focusOn";
import { When } from "../frame/When";
import { known } from "../known";
import { acknowledge } from "./acknowledge";
import Differences from "./Differences";

const HEADING = "own-reading-acknowledgement";

const messages = defineMessages({
  title: {
    id: "clicktracker-acknowledgement",
    defaultMessage: "Acknowledgement",
  },
  acknowledge: {
    id: "clicktracker-acknowledge",
    defaultMessage: "Acknowledge",
  },
  password: {
    id: "clicktracker-password-once-more",
    defaultMessage: "Your password, once more",
  },
  failed: {
    id: "clicktracker-not-acknowledged",
    defaultMessage:
      "Nothing was recorded, because the site can't be reached. Try again.",
  },
});

/* What there is, and where the receipt is. */
const Said = ({ content, said }) => (
  <>
    <p>
      {said.is_attested ? (
        <FormattedMessage
          id="clicktracker-attested"
          defaultMessage="It was recorded on {time} that you have read this."
          values={{ time: <When at={said.at} /> }}
        />
      ) : (
        <FormattedMessage
          id="clicktracker-acknowledged"
          defaultMessage="You acknowledged this on {time}."
          values={{ time: <When at={said.at} /> }}
        />
      )}
    </p>
    <p>
      <a href={classicURL(`${content["@id"]}/@@reading-receipt`)}>
        <FormattedMessage id="clicktracker-receipt" defaultMessage="Your receipt" />
      </a>
    </p>
  </>
);

/* The click is about what the page shows: its ticket says what that was. */
const Ask = ({ content, asked }) => {
  const intl = useIntl();
  const dispatch = useDispatch();
  const [password, setPassword] = useState("");
  const [isSending, setIsSending] = useState(false);
  const [problem, setProblem] = useState(null);
  /* Then this page will be refused however often it is sent. */
  const [isOutdated, setIsOutdated] = useState(false);
  const [differences, setDifferences] = useState([]);

  const send = async () => {
    if (isSending) return;
    setIsSending(true);
    setProblem(null);
    const path = flattenToAppURL(content["@id"]);
    try {
      await dispatch(acknowledge(path, asked, password));
      await dispatch(getContent(path));
      focusOn(HEADING);
    } catch (error) {
      setProblem(error.response?.body?.message || intl.formatMessage(messages.failed));
      setIsOutdated(error.response?.status === 409);
      setDifferences(error.response?.body?.differences ?? []);
    }
    setIsSending(false);
  };

  return (
    <Form error={Boolean(problem)} onSubmit={send}>
      {asked.older && (
        <p>
          <FormattedMessage
            id="clicktracker-acknowledged-older"
            defaultMessage="You acknowledged an older version on {time}. The document has changed since."
            values={{ time: <When at={asked.older.at} /> }}
          />
        </p>
      )}
      <p lang={asked.language} dir="auto" style={{ whiteSpace: "pre-line" }}>
        {asked.sentence}
      </p>
      {asked.asks_password && (
        <Form.Input
          id="own-reading-password"
          label={intl.formatMessage(messages.password)}
          type="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={(_event, { value }) => setPassword(value)}
        />
      )}
      <Message error role="alert">
        <p>{problem}</p>
        {isOutdated && (
          <a href={flattenToAppURL(content["@id"])}>
            <FormattedMessage
              id="clicktracker-as-it-is-now"
              defaultMessage="Open the document as it is now"
            />
          </a>
        )}
      </Message>
      {differences.length > 0 && <Differences differences={differences} />}
      <Button primary type="submit" loading={isSending} aria-disabled={isSending}>
        {intl.formatMessage(messages.acknowledge)}
      </Button>
    </Form>
  );
};

const Acknowledgement = ({ content }) => {
  const intl = useIntl();
  const { acknowledgement: asked } = known(content);
  /* An earlier version comes without a ticket, and can't be acknowledged. */
  if (!asked || !(asked.acknowledged || asked.ticket)) return null;
  return (
    <Container>
      <Segment as="section" aria-labelledby={HEADING} style={{ marginTop: "2em" }}>
        <h2 id={HEADING} tabIndex={-1}>
          {intl.formatMessage(messages.title)}
        </h2>
        {asked.acknowledged ? (
          <Said content={content} said={asked.acknowledged} />
        ) : (
          <Ask content={content} asked={asked} />
        )}
      </Segment>
    </Container>
  );
};

export default Acknowledgement;
