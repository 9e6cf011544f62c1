/* The frame of a screen: what it is called, what it is about, and the way back. */
import { useEffect, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { defineMessages, useIntl } from "react-intl";
import { useDispatch, useSelector } from "react-redux";
import { Link, useHistory } from "react-router-dom";
import { Container as SemanticContainer } from "semantic-ui-react";
import { getContent } from "@plone/volto/actions/content/content";
import Icon from "@plone/volto/components/theme/Icon/Icon";
import Toolbar from "@plone/volto/components/manage/Toolbar/Toolbar";
import Helmet from "@plone/volto/helpers/Helmet/Helmet";
import backSVG from "@plone/volto/icons/back.svg";
import config from "@plone/volto/registry";
import { asPath } from "../asPath";
import { focusOn, HEADING } from "./focusOn";
import { notShown } from "../screens/notShown";
import { Told } from "./Told";
import "./frame.css";

const messages = defineMessages({
  back: {
    id: "clicktracker-back",
    defaultMessage: "Back",
  },
});

/* What is at the path, as far as Volto knows it. Where it knows something else, as after a
   link from another screen, it is told to look: so that its toolbar and the breadcrumbs are
   about this as well. */
const useContent = (path) => {
  const dispatch = useDispatch();
  const content = useSelector((state) => state.content?.data);
  const isHere = Boolean(content?.["@id"]) && asPath(content["@id"]) === path;
  useEffect(() => {
    if (!isHere) dispatch(notShown(getContent(path))).catch(() => {});
  }, [dispatch, isHere, path]);
  return isHere ? content : null;
};

/* Who comes from another page of Volto goes on from the heading. Where the title of the page is
   another one, Volto itself reads it out, and nothing has the focus then. */
const useFocus = (path) => {
  const { action } = useHistory();
  const isFollowed = useRef(false);
  isFollowed.current = action !== "POP";
  useEffect(() => {
    if (isFollowed.current) focusOn(HEADING);
  }, [path]);
};

const Back = ({ to, pathname }) => {
  const intl = useIntl();
  const [isClient, setIsClient] = useState(false);
  useEffect(() => setIsClient(true), []);
  const place = isClient && document.getElementById("toolbar");
  if (!place) return null;
  return createPortal(
    <Toolbar
      pathname={pathname}
      hideDefaultViewButtons
      inner={
        <Link to={to} className="item" aria-label={intl.formatMessage(messages.back)}>
          <Icon
            name={backSVG}
            className="contents circled"
            size="30px"
            title={intl.formatMessage(messages.back)}
          />
        </Link>
      }
    />,
    place,
  );
};

/* `path` is that of what the screen is about; `back` where the way back leads, if that is
   not there. `told` is what useAnswer gives: then `children` is a function that gets the
   answer. */
const Screen = ({ path, title, back = path || "/", told, children }) => {
  const content = useContent(path);
  useFocus(path);
  const Container =
    config.getComponent({ name: "Container" }).component || SemanticContainer;
  return (
    /* Where "Skip to main content" leads. */
    <div id="view" tabIndex={-1}>
      <Container id="page-own-reading" className="view-wrapper own-reading">
        <Helmet title={content ? `${title} – ${content.title}` : title} />
        <header>
          {content && (
            <p className="own-reading-about" dir="auto">
              <Link to={path || "/"}>{content.title}</Link>
            </p>
          )}
          <h1 id={HEADING} className="documentFirstHeading" tabIndex={-1}>
            {title}
          </h1>
        </header>
        {told ? <Told told={told}>{children}</Told> : children}
        <Back to={back} pathname={path || "/"} />
      </Container>
    </div>
  );
};

export default Screen;
