/* A moment, or a day, as the backend says it: in the time zone of the user, so that on the
   server it is the same as in the browser. */
import { useIntl } from "react-intl";

const DAY = { timeZone: "UTC", year: "numeric", month: "long", day: "numeric" };
const MOMENT = { ...DAY, hour: "numeric", minute: "numeric" };

export const IS_MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;

/* As a text; of a moment `dayOnly` leaves out the time. */
export const useWhen = () => {
  const intl = useIntl();
  return (at, dayOnly = !IS_MOMENT.test(at)) => {
    const [onTheClock] = at.match(/^[\d-]+(T[\d:]+)?/);
    const moment = onTheClock.includes("T") ? `${onTheClock}Z` : onTheClock;
    return intl.formatDate(moment, dayOnly ? DAY : MOMENT);
  };
};

/* Of a moment, `dayOnly` says the time to those who point at it. */
export const When = ({ at, dayOnly }) => {
  const said = useWhen();
  return (
    <time dateTime={at} title={dayOnly && IS_MOMENT.test(at) ? said(at) : undefined}>
      {said(at, dayOnly)}
    </time>
  );
};
