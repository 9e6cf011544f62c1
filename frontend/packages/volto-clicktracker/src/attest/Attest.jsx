/* Somebody vouches for readers, or takes that back: docs/rest.md, `@attestations`. */
import { useState } from "react";
import { defineMessages, useIntl } from "react-intl";
import Filters from "../frame/Filters";
import Forms from "../frame/Forms";
import { Pages } from "../frame/Pages";
import { Links, Said } from "../frame/Said";
import Screen from "../frame/Screen";
import Tabs from "../frame/Tabs";
import { useAnswer } from "../frame/useAnswer";
import { useAsked } from "../frame/useAsked";

const messages = defineMessages({
  title: { id: "clicktracker-attest", defaultMessage: "Vouch for readers" },
});

/* People on a page: a board is on one, and nobody ticks thousands. */
const SIZE = 100;

const choiceOf = {
  open: ({ reader, name }) => ({ name: reader, title: name }),
  attested: ({ key, name, said }) => ({
    name: key,
    title: name,
    description: said.map(({ text }) => text).join(" · "),
  }),
};

/* All who were listed since the screen is there: who was chosen on one page stays so on
   another. */
const useKnown = (choices) => {
  const [known, setKnown] = useState([]);
  const names = known.map(({ name }) => name);
  const more = choices.filter(({ name }) => !names.includes(name));
  if (more.length) setKnown([...known, ...more]);
  return known;
};

/* The form of a list, in whose first field are the people of the page. */
const useForm = (list, { items, screen }) => {
  const choices = items.map(choiceOf[list]);
  const known = useKnown(choices);
  const form = screen.forms[list];
  const [people, ...others] = form.fields;
  return { ...form, fields: [{ ...people, choices, known }, ...others] };
};

/* What tells a form from others, if it comes twice. */
const another = () => Math.random().toString(36).slice(2);

const People = ({ path, list, answer, asked, again }) => {
  const intl = useIntl();
  const [once, setOnce] = useState(another);
  const form = useForm(list, answer);
  const { screen, version, items, batching, items_total: total } = answer;
  const service = `${path}/@attestations`;
  const done = () => {
    setOnce(another());
    again();
  };
  return (
    <>
      {(asked.asked.reader || total > SIZE) && list === "open" && (
        <Filters filters={screen.filters} asked={asked} />
      )}
      {items.length ? (
        <Forms
          forms={{ [list]: form }}
          screen={intl.formatMessage(messages.title)}
          send={{
            open: (values) => ["post", service, { ...values, version, once }],
            attested: (values) => ["del", service, values],
          }}
          onDone={done}
          again={again}
        />
      ) : (
        <p>{screen.titles.nobody}</p>
      )}
      <Pages {...{ batching, total, asked }} shown={items.length} start="b_start" />
    </>
  );
};

const Lists = ({ list, screen, lists, asked }) => (
  <Tabs
    title={screen.titles.lists}
    tabs={Object.keys(choiceOf).map((name) => ({
      name,
      title: screen.titles[name],
      number: lists[name],
      to: asked.addressWith({
        list: name === "open" ? null : name,
        b_start: null,
        reader: null,
      }),
      isShown: name === list,
    }))}
  />
);

const Attest = ({ path }) => {
  const intl = useIntl();
  const asked = useAsked();
  const list = asked.asked.list === "attested" ? "attested" : "open";
  const told = useAnswer(`${path}/@attestations`, {
    ...asked.asked,
    list,
    screen: 1,
    b_size: SIZE,
  });
  return (
    <Screen path={path} title={intl.formatMessage(messages.title)} told={told}>
      {(answer) => (
        <>
          <Said screen={answer.screen} />
          <Lists {...{ list, asked }} screen={answer.screen} lists={answer.lists} />
          {/* While the other list is fetched, that of before is still there. */}
          {answer.list === list && (
            <People key={list} {...{ path, list, answer, asked }} again={told.again} />
          )}
          <Links links={answer.screen.links} />
        </>
      )}
    </Screen>
  );
};

export default Attest;
