/* What a service has told, or what is said in the place of it. */
import { defineMessages, useIntl } from "react-intl";
import { useSelector } from "react-redux";
import { Link, useLocation } from "react-router-dom";
import { Button, Loader, Message } from "semantic-ui-react";
import { ReasonForm } from "./ReasonForm";

const messages = defineMessages({
  loading: {
    id: "clicktracker-loading",
    defaultMessage: "Loading …",
  },
  logIn: {
    id: "clicktracker-log-in",
    defaultMessage: "Log in to see this.",
  },
  notAllowed: {
    id: "clicktracker-not-allowed",
    defaultMessage:
      "You are not allowed to see this. If you need to, ask an administrator of the site.",
  },
  notFound: {
    id: "clicktracker-not-found",
    defaultMessage: "There is nothing here.",
  },
  noConnection: {
    id: "clicktracker-no-connection",
    defaultMessage: "The site can't be reached.",
  },
  failed: {
    id: "clicktracker-failed",
    defaultMessage: "Something went wrong. The log of the site says more.",
  },
  showAll: {
    id: "clicktracker-show-all",
    defaultMessage: "Show all",
  },
  again: {
    id: "clicktracker-try-again",
    defaultMessage: "Try again",
  },
});

const LogIn = () => {
  const intl = useIntl();
  const { pathname, search } = useLocation();
  const query = new URLSearchParams({ return_url: pathname + search });
  return (
    <Message warning role="alert">
      <Link to={{ pathname: "/login", search: `?${query}`, state: { isLogout: true } }}>
        {intl.formatMessage(messages.logIn)}
      </Link>
    </Message>
  );
};

/* What the service says for people, or a sentence of our own where it says nothing to them. */
const textOf = ({ status, type, message }) => {
  if (status === null) return messages.noConnection;
  if (status === 401 || status === 403) return messages.notAllowed;
  if (status === 404 && type !== "NothingKnown") return messages.notFound;
  return status >= 500 && status !== 503 ? messages.failed : message || messages.failed;
};

/* `isAll` says that nothing else is on the screen, which else would be a dead end. */
const Problem = ({ problem, isAll, again }) => {
  const intl = useIntl();
  const { pathname, search } = useLocation();
  const text = textOf(problem);
  const isTemporary = problem.status === null || problem.status >= 500;
  return (
    <Message warning role="alert">
      <p>{text.id ? intl.formatMessage(text) : text}</p>
      {isAll && problem.status === 400 && search && (
        <Link to={pathname}>{intl.formatMessage(messages.showAll)}</Link>
      )}
      {isTemporary && (
        <Button type="button" onClick={again}>
          {intl.formatMessage(messages.again)}
        </Button>
      )}
    </Message>
  );
};

/* `told` is what useAnswer gives; `children` get the answer, once there is one. What wasn't
   understood is said above the answer before it. */
export const Told = ({ told, children }) => {
  const intl = useIntl();
  const isMember = useSelector((state) => Boolean(state.userSession.token));
  const { answer, problem, isLoading, again } = told;
  if (problem?.status === 401 && !isMember) return <LogIn />;
  /* Nothing else is forbidden to those who may ask at all. */
  if (problem?.status === 403 && problem.message) return <ReasonForm again={again} />;
  return (
    <div aria-busy={isLoading}>
      {problem && <Problem problem={problem} isAll={!answer} again={again} />}
      {!answer && isLoading && (
        <Loader
          active
          inline="centered"
          content={intl.formatMessage(messages.loading)}
        />
      )}
      {answer && children(answer)}
    </div>
  );
};
