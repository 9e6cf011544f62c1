/* What has changed lately, in a line. */
import { Fragment } from "react";
import { FormattedMessage } from "react-intl";
import { Link } from "react-router-dom";
import ScreenLink from "../frame/ScreenLink";
import { When } from "../frame/When";

/* `to` is where all are, the last changed first. */
const Recent = ({ recent, to }) => {
  const { says, changed, more, items } = recent;
  return (
    <p>
      {says}{" "}
      {items.map(({ title, screen, modified, ...item }, place) => (
        <Fragment key={item["@id"]}>
          {place > 0 && ", "}
          <ScreenLink url={screen} dir="auto">
            {title}
          </ScreenLink>
          {!changed && (
            <>
              , <When at={modified} dayOnly />
            </>
          )}
        </Fragment>
      ))}
      {more > 0 && (
        <>
          {", "}
          <Link to={to}>
            <FormattedMessage
              id="clicktracker-more"
              defaultMessage="{number, number} more"
              values={{ number: more }}
            />
          </Link>
        </>
      )}
    </p>
  );
};

export default Recent;
