/* Who is doing what on the site now: docs/rest.md, `@visitors-feed`. */
import { defineMessages, useIntl } from "react-intl";
import Filters from "../frame/Filters";
import { Lines } from "../frame/Said";
import Screen from "../frame/Screen";
import { useAnswer } from "../frame/useAnswer";
import { useAsked } from "../frame/useAsked";
import { Facts, Notices, Page, Screens, Who } from "./Said";
import Updates from "./Updates";
import { useLive } from "./useLive";
import "./visitors.css";

export const messages = defineMessages({
  feed: { id: "clicktracker-live-feed", defaultMessage: "Live feed" },
  screens: {
    id: "clicktracker-screens-about-visitors",
    defaultMessage: "Screens about visitors",
  },
});

const View = ({ item: { at, said } }) => (
  <li className="own-reading-view">
    <div>
      <time dateTime={at}>
        <strong>{said.ago}</strong>
        <small>{said.time}</small>
      </time>
    </div>
    <div>
      <Who who={said.who} />
      {said.visit && <small>{said.visit}</small>}
    </div>
    <div>
      <Page page={said.page} />
      <Facts facts={said.facts} />
    </div>
  </li>
);

const Feed = ({ path }) => {
  const intl = useIntl();
  const asked = useAsked();
  const params = { ...asked.asked, screen: 1 };
  const told = useAnswer(`${path}/@visitors-feed`, params);
  const live = useLive(told, JSON.stringify([path, params]));
  return (
    <Screen path={path} title={intl.formatMessage(messages.feed)} told={live}>
      {({ screen, items }) => (
        <>
          <Lines lines={screen.lead} />
          <Screens title={intl.formatMessage(messages.screens)} links={screen.links} />
          <Notices notices={screen.notices} />
          <Filters
            filters={screen.filters}
            asked={asked}
            errors={told.problem?.errors}
          />
          <Updates live={live} />
          <Lines lines={screen.sentences} />
          {items.length === 0 && <p>{screen.empty}</p>}
          <ol className="own-reading-views">
            {items.map((item) => (
              <View key={item.key} item={item} />
            ))}
          </ol>
          <Lines lines={screen.about} />
        </>
      )}
    </Screen>
  );
};

export default Feed;
