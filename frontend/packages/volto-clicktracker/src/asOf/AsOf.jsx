/* Who had read something at a moment, and what says so: docs/rest.md, `@as-of`. */
import { defineMessages, useIntl } from "react-intl";
import Filters from "../frame/Filters";
import Forms from "../frame/Forms";
import List from "../frame/List";
import { Links, Said } from "../frame/Said";
import Screen from "../frame/Screen";
import { useAnswer } from "../frame/useAnswer";
import { useAsked } from "../frame/useAsked";

const messages = defineMessages({
  title: { id: "clicktracker-as-of", defaultMessage: "Who had read this then?" },
});

/* What is known of somebody in several words. */
const cell = (name, item) =>
  Array.isArray(item[name]) ? item[name].join(" · ") : undefined;

const AsOf = ({ path }) => {
  const intl = useIntl();
  const asked = useAsked();
  const told = useAnswer(`${path}/@as-of`, { screen: 1, ...asked.asked });
  const { again, problem } = told;
  return (
    <Screen path={path} title={intl.formatMessage(messages.title)} told={told}>
      {({ screen, items, ...page }) => (
        <>
          <Filters
            isChoice
            filters={screen.filters}
            asked={asked}
            errors={problem?.errors}
          />
          <Said screen={screen} />
          {items && (
            <List
              title={screen.titles.people}
              columns={screen.columns}
              answer={{ ...page, items }}
              cell={cell}
              asked={asked}
              empty={<p>{screen.titles.nobody}</p>}
            />
          )}
          <Forms
            forms={screen.forms}
            send={{
              take: () => ["post", `${path}/@snapshots`, {}],
              seal: () => ["post", `${path}/@seals`, screen.forms.seal.data],
            }}
            onDone={again}
            again={again}
          />
          <Links links={screen.links} />
        </>
      )}
    </Screen>
  );
};

export default AsOf;
