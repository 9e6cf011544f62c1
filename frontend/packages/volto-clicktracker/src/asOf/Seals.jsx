/* The sealed reports of something, and how they are checked: docs/rest.md, `@seals`. */
import { defineMessages, useIntl } from "react-intl";
import { Pages } from "../frame/Pages";
import Rows from "../frame/Rows";
import { Links, Said } from "../frame/Said";
import Screen from "../frame/Screen";
import { useAnswer } from "../frame/useAnswer";
import { useAsked } from "../frame/useAsked";

const messages = defineMessages({
  title: { id: "clicktracker-seals", defaultMessage: "Sealed reports" },
});

const nameOf = ({ called }) => called;

/* Nothing ends a seal. */
const kept = ({ "@id": _id, ...seal }) => seal;

const Check = ({ titles, keys }) => (
  <section>
    <h2>{titles.check}</h2>
    <p>{titles.about_check}</p>
    {/* It may be wider than a phone. */}
    <pre className="own-reading-command" tabIndex={0}>
      {titles.command}
    </pre>
    <h3>{titles.keys}</h3>
    <ul className="own-reading-rows">
      {keys.map((key) => (
        <li key={key}>
          <code>{key}</code>
        </li>
      ))}
    </ul>
  </section>
);

const Seals = ({ path }) => {
  const intl = useIntl();
  const asked = useAsked();
  const told = useAnswer(`${path}/@seals`, { screen: 1, ...asked.asked });
  return (
    <Screen path={path} title={intl.formatMessage(messages.title)} told={told}>
      {({ screen, items, keys, batching, items_total: total }) => (
        <>
          <Said screen={screen} />
          <Rows
            rows={items.map(kept)}
            nameOf={nameOf}
            nothing={screen.titles.nothing}
          />
          <Pages {...{ batching, total, asked }} shown={items.length} start="b_start" />
          {keys.length > 0 && <Check titles={screen.titles} keys={keys} />}
          <Links links={screen.links} />
        </>
      )}
    </Screen>
  );
};

export default Seals;
