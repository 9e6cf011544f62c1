/* Links to the parts of a screen, of which one is shown. */
import { FormattedNumber } from "react-intl";
import { Link } from "react-router-dom";
import ScreenLink from "./ScreenLink";
import "./tabs.css";

/* `tabs` have a `name`, a `title`, whether it `isShown`, and where they lead: `to` within
   Volto, or the `url` of a screen that Plone names. `number` is how many entries there are. */
const Tabs = ({ title, tabs }) => (
  <nav aria-label={title} className="own-reading-nav">
    <ul>
      {tabs.map(({ name, title: text, number, to, url, isShown }) => {
        const shown = (
          <>
            {text}
            {number !== undefined && (
              <>
                {" "}
                <FormattedNumber value={number} />
              </>
            )}
          </>
        );
        const current = isShown ? "page" : undefined;
        return (
          <li key={name}>
            {url ? (
              <ScreenLink url={url} aria-current={current}>
                {shown}
              </ScreenLink>
            ) : (
              <Link to={to} aria-current={current}>
                {shown}
              </Link>
            )}
          </li>
        );
      })}
    </ul>
  </nav>
);

export default Tabs;
