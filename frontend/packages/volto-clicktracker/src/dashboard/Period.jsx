/* For which days it is told how often something was opened. */
import { defineMessages, FormattedMessage, useIntl } from "react-intl";
import Filters from "../frame/Filters";
import Tabs from "../frame/Tabs";

const messages = defineMessages({
  period: {
    id: "clicktracker-period",
    defaultMessage: "Period",
  },
  since: {
    id: "clicktracker-first-day",
    defaultMessage: "First day",
  },
  until: {
    id: "clicktracker-last-day",
    defaultMessage: "Last day",
  },
});

const Period = ({ answer, asked, errors }) => {
  const intl = useIntl();
  const days = ["since", "until"].map((name) => ({
    name,
    title: intl.formatMessage(messages[name]),
    kind: "day",
  }));
  const isOwn = days.some(({ name }) => asked.asked[name]);
  return (
    <>
      <Tabs
        title={intl.formatMessage(messages.period)}
        tabs={answer.periods.map(({ name, title }) => ({
          name,
          title,
          to: asked.addressWith({ period: name, since: null, until: null }),
          isShown: name === answer.period.name,
        }))}
      />
      <details open={isOwn || undefined}>
        <summary>
          <FormattedMessage id="clicktracker-own-period" defaultMessage="Own period" />
        </summary>
        <Filters isChoice filters={days} asked={asked} errors={errors} />
      </details>
    </>
  );
};

export default Period;
