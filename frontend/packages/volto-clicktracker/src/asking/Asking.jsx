/* Are readers of something asked to acknowledge it: docs/rest.md, `@acknowledgement-choice`. */
import { defineMessages, useIntl } from "react-intl";
import FormScreen from "../frame/FormScreen";

const messages = defineMessages({
  title: { id: "clicktracker-asking", defaultMessage: "Acknowledgement" },
});

const Asking = ({ path }) => (
  <FormScreen
    path={path}
    service="@acknowledgement-choice"
    title={useIntl().formatMessage(messages.title)}
    ops={{ choose: "patch" }}
  />
);

export default Asking;
