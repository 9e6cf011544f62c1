/* Whether a list is up to date, and what people can do about it. */
import { useEffect, useRef, useState } from "react";
import { defineMessages, FormattedMessage, useIntl } from "react-intl";
import { Button } from "semantic-ui-react";

/* Who listens to a screen reader is told of news no more often than this, in milliseconds. */
const TOLD = 30_000;

const messages = defineMessages({
  refresh: { id: "clicktracker-refresh", defaultMessage: "Refresh" },
  pause: { id: "clicktracker-pause-updates", defaultMessage: "Pause updates" },
  news: {
    id: "clicktracker-new-page-views",
    defaultMessage: "New page views: {number, number}",
  },
  closed: {
    id: "clicktracker-no-longer-logged-in",
    defaultMessage: "You are no longer logged in. Reload the page.",
  },
  silent: {
    id: "clicktracker-site-is-silent",
    defaultMessage: "The site doesn't answer.",
  },
});

/* How many of the items are new, as often as somebody is told of that. */
const useNews = (items) => {
  const [news, setNews] = useState(0);
  const known = useRef(null);
  const told = useRef(performance.now());
  useEffect(() => {
    const keys = items.map(({ key }) => key);
    const before = known.current;
    known.current = new Set(keys);
    const number = before ? keys.filter((key) => !before.has(key)).length : 0;
    const isDue = number > 0 && performance.now() - told.current >= TOLD;
    if (isDue) told.current = performance.now();
    setNews(isDue ? number : 0);
  }, [items]);
  return news;
};

/* `live` is what useLive gives, with an answer. */
const Updates = ({ live }) => {
  const intl = useIntl();
  const news = useNews(live.answer.items);
  const said = () => {
    if (live.isClosed) return intl.formatMessage(messages.closed);
    if (live.isSilent) return intl.formatMessage(messages.silent);
    return news ? intl.formatMessage(messages.news, { number: news }) : "";
  };
  return (
    <div className="own-reading-buttons own-reading-updates">
      <Button type="button" onClick={live.again}>
        {intl.formatMessage(messages.refresh)}
      </Button>
      {!live.isClosed && (
        <Button type="button" basic toggle active={live.isPaused} onClick={live.pause}>
          {intl.formatMessage(messages.pause)}
        </Button>
      )}
      <span role="status">{said()}</span>
      {live.age !== null && (
        <span>
          <FormattedMessage
            id="clicktracker-last-updated"
            defaultMessage="Last updated {seconds, number} s ago."
            values={{ seconds: live.age }}
          />
        </span>
      )}
    </div>
  );
};

export default Updates;
