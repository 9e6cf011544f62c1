/* The visits of one visitor, or of all, with their pages: docs/rest.md, `@visitors-visits`. */
import { defineMessages, useIntl } from "react-intl";
import { Segment } from "semantic-ui-react";
import Filters from "../frame/Filters";
import { Pages } from "../frame/Pages";
import { Lines } from "../frame/Said";
import Screen from "../frame/Screen";
import { useAnswer } from "../frame/useAnswer";
import { useAsked } from "../frame/useAsked";
import { messages } from "./Feed";
import { Facts, Notices, Page, Screens, Who } from "./Said";
import "./visitors.css";

const own = defineMessages({
  visits: { id: "clicktracker-visits", defaultMessage: "Visits" },
});

const Visit = ({ item: { start, said, views } }) => (
  <Segment as="section">
    <h2>
      <time dateTime={start}>{said.time}</time> <small>{said.ago}</small>
    </h2>
    {said.who && (
      <p>
        <Who who={said.who} />
      </p>
    )}
    <p>{said.visit}</p>
    <p>
      <Facts facts={said.facts} />
    </p>
    {said.left_out && <p>{said.left_out}</p>}
    <ol className="own-reading-views">
      {said.views.map(({ time, engaged, page }, number) => (
        <li key={number} className="own-reading-view is-of-visit">
          <div>
            <time dateTime={views[number].at}>{time}</time>
            <small>{engaged}</small>
          </div>
          <div>
            <Page page={page} />
          </div>
        </li>
      ))}
    </ol>
  </Segment>
);

const Visits = ({ path }) => {
  const intl = useIntl();
  const asked = useAsked();
  const told = useAnswer(`${path}/@visitors-visits`, { ...asked.asked, screen: 1 });
  return (
    <Screen path={path} title={intl.formatMessage(own.visits)} told={told}>
      {({ screen, items, items_total: total, batching }) => (
        <>
          <Lines lines={screen.lead} />
          <Screens title={intl.formatMessage(messages.screens)} links={screen.links} />
          <Notices notices={screen.notices} />
          <Filters
            filters={screen.filters}
            asked={asked}
            errors={told.problem?.errors}
          />
          {total === 0 ? <p>{screen.empty}</p> : <Lines lines={screen.sentences} />}
          {items.map((item) => (
            <Visit key={`${item.start} ${item.said.who?.text}`} item={item} />
          ))}
          <Pages {...{ batching, total, asked }} shown={items.length} start="b_start" />
          <Lines lines={screen.about} />
        </>
      )}
    </Screen>
  );
};

export default Visits;
