/* Why somebody looks at names, where the site asks for that: docs/rest.md,
   `@clicktracker-reason`. */
import { useState } from "react";
import { defineMessages, useIntl } from "react-intl";
import { useDispatch } from "react-redux";
import { Button, Form, Message } from "semantic-ui-react";
import { focusOn, HEADING } from "./focusOn";

const messages = defineMessages({
  intro: {
    id: "clicktracker-reason-intro",
    defaultMessage:
      "This shows what single people have done. The site records who looks at it, when and why. The people whose names are listed can read this, including the reason.",
  },
  label: {
    id: "clicktracker-reason-label",
    defaultMessage: "Why do you need to see names?",
  },
  help: {
    id: "clicktracker-reason-help",
    defaultMessage:
      "The reason applies to all names that you look at within the next hour.",
  },
  send: {
    id: "clicktracker-reason-send",
    defaultMessage: "Show the names",
  },
  failed: {
    id: "clicktracker-reason-failed",
    defaultMessage:
      "The reason was not saved, because the site can't be reached. Try again.",
  },
});

/* `again` asks for the names, once the reason is known. */
export const ReasonForm = ({ again }) => {
  const intl = useIntl();
  const dispatch = useDispatch();
  const [reason, setReason] = useState("");
  const [problem, setProblem] = useState(null);
  const [isSending, setIsSending] = useState(false);

  const send = async () => {
    if (isSending) return;
    setIsSending(true);
    setProblem(null);
    try {
      await dispatch({
        type: "CLICKTRACKER_REASON",
        request: { op: "patch", path: "/@clicktracker-reason", data: { reason } },
      });
      focusOn(HEADING);
      again();
    } catch (error) {
      setProblem(error.response?.body?.message || intl.formatMessage(messages.failed));
      setIsSending(false);
    }
  };

  return (
    <Form error={Boolean(problem)} onSubmit={send}>
      <p>{intl.formatMessage(messages.intro)}</p>
      <Form.Input
        id="own-reading-reason"
        label={intl.formatMessage(messages.label)}
        aria-describedby="own-reading-reason-help"
        maxLength={500}
        required
        value={reason}
        onChange={(_event, { value }) => setReason(value)}
      />
      <p id="own-reading-reason-help" className="help">
        {intl.formatMessage(messages.help)}
      </p>
      <Message error role="alert" content={problem} />
      <Button primary type="submit" loading={isSending} aria-disabled={isSending}>
        {intl.formatMessage(messages.send)}
      </Button>
    </Form>
  );
};
