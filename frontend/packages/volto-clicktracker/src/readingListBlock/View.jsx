/* What a member still has to read. The browser asks for it once the page is there: no page
   waits for it, and none that is made on the server has anything personal in it. Guests have
   nothing to read. */
import { defineMessages, FormattedMessage, useIntl } from "react-intl";
import { useSelector } from "react-redux";
import ConditionalLink from "@plone/volto/components/manage/ConditionalLink/ConditionalLink";
import { contentPath } from "../contentPath";
import { useAnswer } from "../frame/useAnswer";
import { State } from "../frame/State";
import { MOST } from "./schema";
import "./block.css";

const messages = defineMessages({
  title: {
    id: "clicktracker-my-reading-list",
    defaultMessage: "My reading list",
  },
  all: {
    id: "clicktracker-all-of-reading-list",
    defaultMessage: "All {number, number}",
  },
  expected: {
    id: "clicktracker-what-you-are-expected-to-read",
    defaultMessage: "What you are expected to read",
  },
});

const ToAll = ({ isEditMode, children }) => (
  <p>
    <ConditionalLink condition={!isEditMode} to="/my-reading-list">
      {children}
    </ConditionalLink>
  </p>
);

const Item = ({ item, isEditMode }) => (
  <li>
    <ConditionalLink condition={!isEditMode} to={contentPath(item["@id"])}>
      <span dir="auto">{item.title}</span>
    </ConditionalLink>
    {item.states.map((state) => (
      <State key={state.name} state={state} />
    ))}
    {item.deadline_text && (
      <small>
        <FormattedMessage
          id="clicktracker-by-deadline"
          defaultMessage="By {deadline}"
          values={{ deadline: <bdi>{item.deadline_text}</bdi> }}
        />
      </small>
    )}
  </li>
);

const Listed = ({ answer, isEditMode }) => {
  const intl = useIntl();
  const { items, items_total: total, says } = answer;
  if (!total) return <p>{says}</p>;
  return (
    <>
      <ul>
        {items.map((item) => (
          <Item key={item["@id"]} item={item} isEditMode={isEditMode} />
        ))}
      </ul>
      <ToAll isEditMode={isEditMode}>
        {total > items.length
          ? intl.formatMessage(messages.all, { number: total })
          : intl.formatMessage(messages.title)}
      </ToAll>
    </>
  );
};

const View = ({ block, data, isEditMode = false }) => {
  const intl = useIntl();
  const isMember = useSelector((state) => Boolean(state.userSession.token));
  const { answer } = useAnswer(isMember ? "/@my-reading-list" : null, {
    b_size: data.most || MOST,
  });
  if (!isMember) return null;
  const id = `own-reading-list-${block}`;
  return (
    <section className="block own-reading-list-block" aria-labelledby={id}>
      <h2 id={id}>{data.headline || intl.formatMessage(messages.title)}</h2>
      {answer ? (
        <Listed answer={answer} isEditMode={isEditMode} />
      ) : (
        <ToAll isEditMode={isEditMode}>{intl.formatMessage(messages.expected)}</ToAll>
      )}
    </section>
  );
};

export default View;
