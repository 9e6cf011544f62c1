/* In which time zone the times of a screen are. */
import { FormattedMessage } from "react-intl";

export const TimeZone = ({ zone }) => (
  <p>
    <small>
      <FormattedMessage
        id="clicktracker-time-zone"
        defaultMessage="All times are in the time zone {zone}."
        values={{ zone }}
      />
    </small>
  </p>
);
