/* A link to a screen that Plone names: within Volto if it is there. */
import { Link } from "react-router-dom";
import { isInVolto, screenURL } from "../screenURL";

const ScreenLink = ({ url, children, ...rest }) =>
  isInVolto(url) ? (
    <Link to={screenURL(url)} {...rest}>
      {children}
    </Link>
  ) : (
    <a href={screenURL(url)} {...rest}>
      {children}
    </a>
  );

export default ScreenLink;
