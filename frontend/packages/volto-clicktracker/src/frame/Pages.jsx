/* The other pages of a list. */
import { defineMessages, FormattedMessage, useIntl } from "react-intl";
import { Link } from "react-router-dom";

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

/* `batching` says where they are, `shown` is how many entries this one has, `start` the
   parameter with the number of the first. */
export const Pages = ({ batching, total, shown, asked, start }) => {
  const intl = useIntl();
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
