/* How long something was read, and how far, as a browser has reported it. */
import { FormattedMessage } from "react-intl";

/* In the two largest units that fit. */
export const Duration = ({ seconds }) => {
  const whole = Math.floor(seconds);
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  if (hours) {
    return (
      <FormattedMessage
        id="clicktracker-hours"
        defaultMessage="{hours} h {minutes} min"
        values={{ hours, minutes }}
      />
    );
  }
  if (minutes) {
    return (
      <FormattedMessage
        id="clicktracker-minutes"
        defaultMessage="{minutes} min {seconds} s"
        values={{ minutes, seconds: whole % 60 }}
      />
    );
  }
  return (
    <FormattedMessage
      id="clicktracker-seconds"
      defaultMessage="{seconds} s"
      values={{ seconds: whole }}
    />
  );
};

/* `seconds` are null where nothing was reported. */
export const TimeRead = ({ seconds, percent, ended, printed }) => {
  if (seconds === null) {
    return (
      <FormattedMessage id="clicktracker-not-reported" defaultMessage="not reported" />
    );
  }
  return (
    <>
      <Duration seconds={seconds} />
      <small>
        {ended ? (
          <FormattedMessage id="clicktracker-to-the-end" defaultMessage="to the end" />
        ) : (
          <FormattedMessage
            id="clicktracker-up-to"
            defaultMessage="up to {percent} %"
            values={{ percent }}
          />
        )}
      </small>
      {printed && (
        <small>
          <FormattedMessage id="clicktracker-printed" defaultMessage="printed" />
        </small>
      )}
    </>
  );
};
