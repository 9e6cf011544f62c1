/* A value of a service, as people read it. */
import { defineMessages, useIntl } from "react-intl";
import { IS_MOMENT, When } from "./When";

const messages = defineMessages({
  yes: {
    id: "clicktracker-yes",
    defaultMessage: "Yes",
  },
  no: {
    id: "clicktracker-no",
    defaultMessage: "No",
  },
});

export const Value = ({ value }) => {
  const intl = useIntl();
  if (typeof value === "boolean") {
    return intl.formatMessage(value ? messages.yes : messages.no);
  }
  if (typeof value === "number") return intl.formatNumber(value);
  if (IS_MOMENT.test(value)) return <When at={value} />;
  return value ?? "–";
};
