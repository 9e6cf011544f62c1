/* The other pages of a list. */
import { useEffect, useRef } from "react";
import { defineMessages, FormattedMessage, useIntl } from "react-intl";
import { Link } from "react-router-dom";
import { HEADING } from "./focusOn";

const messages = defineMessages({
  pages: {
    id: "clicktracker-pages",
    defaultMessage: "Pages",
  },
  first: {
    id: "clicktracker-first-page",
    defaultMessage: "First page",
  },
  prev: {
    id: "clicktracker-previous-page",
    defaultMessage: "Previous",
  },
  next: {
    id: "clicktracker-next-page",
    defaultMessage: "Next",
  },
  last: {
    id: "clicktracker-last-page",
    defaultMessage: "Last page",
  },
});

/* Once another page is there, it is seen from its beginning, and has the focus. */
const useTurn = (batching, list) => {
  const isTurned = useRef(false);
  const here = JSON.stringify(batching);
  useEffect(() => {
    if (!isTurned.current) return;
    isTurned.current = false;
    const place = list?.current ?? document.getElementById(HEADING);
    place?.scrollIntoView?.();
    place?.focus({ preventScroll: true });
  }, [here, list]);
  return () => {
    isTurned.current = true;
  };
};

/* `batching` says where they are, `shown` is how many entries this one has, `start` the
   parameter with the number of the first. `list` is a ref to them, if they are not all that
   is on the screen. */
export const Pages = ({ batching, total, shown, asked, start, list }) => {
  const intl = useIntl();
  const turn = useTurn(batching, list);
  if (!batching) return null;
  const startOf = (name) =>
    Number(new URL(batching[name], "http://site").searchParams.get(start) ?? 0);
  const first = batching.next ? startOf("next") - shown : total - shown;
  const link = (name) =>
    batching[name] && (
      <Link
        className="item"
        to={asked.addressWith({ [start]: startOf(name) || null })}
        rel={name}
        onClick={turn}
      >
        {intl.formatMessage(messages[name])}
      </Link>
    );
  return (
    <nav
      className="ui pagination menu own-reading-pages"
      aria-label={intl.formatMessage(messages.pages)}
    >
      {batching.prev && link("first")}
      {link("prev")}
      <span className="item">
        <FormattedMessage
          id="clicktracker-page-of"
          defaultMessage="{first, number} to {last, number} of {total, number}"
          values={{ first: first + 1, last: first + shown, total }}
        />
      </span>
      {link("next")}
      {batching.next && link("last")}
    </nav>
  );
};
