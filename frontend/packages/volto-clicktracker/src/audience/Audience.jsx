/* Who is expected to read something, and who is excused: docs/rest.md, `@audience`. */
import { defineMessages, useIntl } from "react-intl";
import Exceptions from "../exceptions/Exceptions";
import Filters from "../frame/Filters";
import List from "../frame/List";
import { Links, Said } from "../frame/Said";
import Screen from "../frame/Screen";
import ScreenLink from "../frame/ScreenLink";
import { useAnswer } from "../frame/useAnswer";
import { useAsked } from "../frame/useAsked";

const messages = defineMessages({
  title: { id: "clicktracker-audience", defaultMessage: "Audience" },
});

/* A link to excuse one of them. */
const cellOf = (columns) => (name, item) => {
  if (name === "name") return item.name || item.user;
  if (name !== "excuse" || !item.excuse) return undefined;
  const { title } = columns.find((each) => each.name === name);
  return (
    <ScreenLink url={item.excuse} aria-label={`${title} ${item.name || item.user}`}>
      {title}
    </ScreenLink>
  );
};

const Expected = ({ answer, asked }) => {
  const { titles, columns, filters } = answer.screen.expected;
  return (
    <section>
      <h2>{titles.expected}</h2>
      {answer.expected > 0 && <Filters filters={filters} asked={asked} />}
      <List
        title={titles.expected}
        columns={columns}
        answer={answer}
        cell={cellOf(columns)}
        asked={asked}
        empty={<p>{titles.nobody}</p>}
      />
    </section>
  );
};

const Audience = ({ path }) => {
  const intl = useIntl();
  const asked = useAsked();
  const told = useAnswer(`${path}/@audience`, { screen: 1, ...asked.asked });
  return (
    <Screen path={path} title={intl.formatMessage(messages.title)} told={told}>
      {(answer) => (
        <>
          <Said screen={answer.screen} />
          <Links links={answer.screen.links} />
          {answer.items && (
            <>
              <Expected answer={answer} asked={asked} />
              <Exceptions path={path} onDone={told.again} />
            </>
          )}
        </>
      )}
    </Screen>
  );
};

export default Audience;
