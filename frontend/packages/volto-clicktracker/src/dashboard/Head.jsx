/* What stands above each page of the dashboard: what it is about, the other pages, and where
   else to go. */
import { defineMessages, useIntl } from "react-intl";
import ScreenLink from "../frame/ScreenLink";
import Tabs from "../frame/Tabs";
import "./dashboard.css";

const messages = defineMessages({
  pages: {
    id: "clicktracker-pages-of-dashboard",
    defaultMessage: "Pages of the dashboard",
  },
});

/* `shown` is the name of the page. */
const Head = ({ answer, shown }) => {
  const intl = useIntl();
  const { lead, pages, others, notes = [] } = answer;
  return (
    <>
      {lead && <p>{lead}</p>}
      {others.length > 0 && (
        <ul className="own-reading-parts">
          {others.map((screen) => (
            <li key={screen.name}>
              <ScreenLink url={screen["@id"]}>{screen.title}</ScreenLink>
            </li>
          ))}
        </ul>
      )}
      <Tabs
        title={intl.formatMessage(messages.pages)}
        tabs={pages.map(({ name, title, ...page }) => ({
          name,
          title,
          url: page["@id"],
          isShown: name === shown,
        }))}
      />
      {notes.map((note) => (
        <p key={note} className="ui info message">
          {note}
        </p>
      ))}
    </>
  );
};

export default Head;
