/* Who is banned from the site, and who was: docs/rest.md, `@visitors-bans`. */
import { useRef } from "react";
import { defineMessages, useIntl } from "react-intl";
import { Button, Message, Segment } from "semantic-ui-react";
import { flattenToAppURL } from "@plone/volto/helpers/Url/Url";
import Change, { Problem } from "../frame/Change";
import Filters from "../frame/Filters";
import { focusOn } from "../frame/focusOn";
import { Pages } from "../frame/Pages";
import { Lines } from "../frame/Said";
import Screen from "../frame/Screen";
import { useAnswer } from "../frame/useAnswer";
import { useAsked } from "../frame/useAsked";
import { useChange } from "../frame/useChange";
import "./visitors.css";

const messages = defineMessages({
  bans: { id: "clicktracker-bans", defaultMessage: "Bans" },
});

const SERVICE = "/@visitors-bans";

const BANNED = "own-reading-banned";

const Ban = ({ ban, lift, isSending }) => (
  <li className="own-reading-ban">
    <div>
      <code>{ban.network}</code>
      {ban.said.map(({ text }) => (
        <small key={text} dir="auto">
          {text}
        </small>
      ))}
    </div>
    {lift && (
      <Button
        type="button"
        basic
        size="small"
        aria-disabled={isSending}
        aria-label={`${lift.title} ${ban.network}`}
        onClick={() => lift.send(ban)}
      >
        {lift.title}
      </Button>
    )}
  </li>
);

const Listed = ({ id, title, answer, empty, asked, lift, isSending }) => {
  const { items, items_total: total, batching } = answer;
  const list = useRef(null);
  return (
    <section ref={list} tabIndex={-1}>
      <h2 id={id} tabIndex={-1}>
        {title} {total > 0 && <small className="own-reading-inline">{total}</small>}
      </h2>
      {total === 0 && <p>{empty}</p>}
      <ul className="own-reading-views">
        {items.map((ban) => (
          <Ban key={`${ban.network} ${ban.since}`} {...{ ban, lift, isSending }} />
        ))}
      </ul>
      <Pages
        {...{ batching, total, asked, list }}
        shown={items.length}
        start="b_start"
      />
    </section>
  );
};

/* The pages of the bans that have ended, beside those of the others. */
const ofEarlier = ({ addressWith }) => ({
  addressWith: ({ b_start: start }) => addressWith({ earlier_start: start }),
});

const useBans = ({ find, network, b_start: start, earlier_start: earlierStart }) => ({
  current: useAnswer(SERVICE, { find, network, b_start: start, screen: 1 }),
  earlier: useAnswer(SERVICE, { find, earlier: 1, b_start: earlierStart, screen: 1 }),
});

const Bans = ({ path }) => {
  const intl = useIntl();
  const asked = useAsked();
  const { current, earlier } = useBans(asked.asked);
  const lifting = useChange();
  const again = () => {
    current.again();
    earlier.again();
  };
  const send = async (ban) => {
    if (!(await lifting.send("del", flattenToAppURL(ban["@id"])))) return;
    focusOn(BANNED);
    again();
  };
  return (
    <Screen
      path={path}
      title={intl.formatMessage(messages.bans)}
      told={current}
      back="/controlpanel"
    >
      {(answer) => {
        const { screen, problem } = answer;
        const { titles, empty } = screen;
        const { find } = asked.asked;
        return (
          <>
            <Lines lines={screen.lead} />
            {problem && <Message warning>{problem}</Message>}
            {screen.form && (
              <Segment as="section">
                <h2>{screen.form.title}</h2>
                {screen.form.about.map((text) => (
                  <p key={text}>{text}</p>
                ))}
                <Change
                  id="ban"
                  key={asked.asked.network}
                  form={screen.form}
                  send={(values) => ["post", SERVICE, values]}
                  onDone={() => {
                    if (asked.asked.network) asked.ask({ network: null });
                    again();
                  }}
                />
              </Segment>
            )}
            <Problem problem={lifting.problem} />
            <Filters filters={screen.filters} asked={asked} />
            <Listed
              id={BANNED}
              title={titles.current}
              answer={answer}
              empty={find ? empty.found : empty.current}
              asked={asked}
              lift={{ title: screen.lift, send }}
              isSending={lifting.isSending}
            />
            {earlier.answer && (
              <Listed
                title={titles.earlier}
                answer={earlier.answer}
                empty={find ? empty.found : empty.earlier}
                asked={ofEarlier(asked)}
              />
            )}
            <Lines lines={screen.about} />
          </>
        );
      }}
    </Screen>
  );
};

export default Bans;
