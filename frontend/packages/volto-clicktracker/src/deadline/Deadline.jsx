/* By when something is to be read: docs/rest.md, `@deadline`. */
import { defineMessages, useIntl } from "react-intl";
import FormScreen from "../frame/FormScreen";

const messages = defineMessages({
  title: { id: "clicktracker-deadline", defaultMessage: "Deadline" },
});

const Deadline = ({ path }) => (
  <FormScreen
    path={path}
    service="@deadline"
    title={useIntl().formatMessage(messages.title)}
    ops={{ set: "patch", end: "del" }}
  />
);

export default Deadline;
