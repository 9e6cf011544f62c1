/* What is in the calendar of a member, and where the calendar finds it: docs/rest.md,
   `@my-deadlines`. */
import { useState } from "react";
import { defineMessages, FormattedMessage, useIntl } from "react-intl";
import { Button, Form } from "semantic-ui-react";
import { classicURL } from "../classicURL";
import { Problem } from "../frame/Change";
import { focusOn } from "../frame/focusOn";
import Screen from "../frame/Screen";
import { useAnswer } from "../frame/useAnswer";
import { useAsked } from "../frame/useAsked";
import { useChange } from "../frame/useChange";
import "./own.css";
import OwnDocuments from "./OwnDocuments";

const messages = defineMessages({
  title: {
    id: "clicktracker-deadlines-in-calendar",
    defaultMessage: "Deadlines in your calendar",
  },
  documents: {
    id: "clicktracker-my-deadlines",
    defaultMessage: "My deadlines",
  },
  address: {
    id: "clicktracker-calendar-address",
    defaultMessage: "Address for your calendar",
  },
});

/* A calendar asks Plone itself, at the address that it was given. */
const Address = ({ address }) => {
  const intl = useIntl();
  return (
    <Form.Field className="own-reading-address">
      <label htmlFor="own-reading-calendar">
        {intl.formatMessage(messages.address)}
      </label>
      <input
        id="own-reading-calendar"
        readOnly
        value={new URL(classicURL(address), window.location.href).href}
      />
    </Form.Field>
  );
};

const PrivateAddress = ({ calendar }) => {
  const change = useChange();
  const [address, setAddress] = useState(calendar.private_address);
  const send = async (op) => {
    const answer = await change.send(op, "/@my-deadlines", {});
    if (!answer) return;
    setAddress(answer.calendar.private_address);
    if (op === "del") focusOn("own-reading-private-address");
  };
  return (
    <section aria-labelledby="own-reading-private-address">
      <h2 id="own-reading-private-address" tabIndex={-1}>
        <FormattedMessage
          id="clicktracker-private-address"
          defaultMessage="Private address"
        />
      </h2>
      <p>
        <FormattedMessage
          id="clicktracker-private-address-is"
          defaultMessage="Your calendar can’t log in. With a private address, it can fetch your deadlines by itself. Whoever knows this address can see the titles and deadlines of these documents, but nothing else, and can’t open them."
        />
      </p>
      <Problem problem={change.problem} />
      <Form onSubmit={() => send("post")}>
        {address && (
          <>
            <Address address={address} />
            <p>
              <FormattedMessage
                id="clicktracker-calendars-get-nothing"
                defaultMessage="If you withdraw or replace it, calendars with the present address get nothing any more."
              />
            </p>
            <Button
              primary
              type="button"
              aria-disabled={change.isSending}
              onClick={() => send("del")}
            >
              <FormattedMessage
                id="clicktracker-withdraw-address"
                defaultMessage="Withdraw the address"
              />
            </Button>
          </>
        )}
        <Button primary={!address} type="submit" aria-disabled={change.isSending}>
          {address ? (
            <FormattedMessage
              id="clicktracker-replace-address"
              defaultMessage="Replace it by a new one"
            />
          ) : (
            <FormattedMessage
              id="clicktracker-make-address"
              defaultMessage="Make a private address"
            />
          )}
        </Button>
      </Form>
    </section>
  );
};

const MyDeadlines = ({ path }) => {
  const intl = useIntl();
  const asked = useAsked();
  const told = useAnswer("/@my-deadlines", asked.asked);
  return (
    <Screen path={path} title={intl.formatMessage(messages.title)} told={told}>
      {(answer) => (
        <>
          <p>
            <FormattedMessage
              id="clicktracker-calendar-shows"
              defaultMessage="A calendar can show what you are expected to read, and by when. It lists everything that you are not known to have read, and what is done but not over yet. It names nobody."
            />
          </p>
          {answer.items_total > 0 && (
            <OwnDocuments
              title={intl.formatMessage(messages.documents)}
              answer={answer}
              asked={asked}
            />
          )}
          <p>
            <a href={classicURL(answer.calendar.file)}>
              <FormattedMessage
                id="clicktracker-download-calendar"
                defaultMessage="Download the calendar as it is now"
              />
            </a>
          </p>
          {answer.calendar.is_offered ? (
            <PrivateAddress calendar={answer.calendar} />
          ) : (
            <p>
              <FormattedMessage
                id="clicktracker-no-private-address"
                defaultMessage="Your account is not one of this site, so there is no private address for it."
              />
            </p>
          )}
        </>
      )}
    </Screen>
  );
};

export default MyDeadlines;
