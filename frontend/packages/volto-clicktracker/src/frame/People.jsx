/* People or groups, of whom there are too many to list: some are found by a part of their
   name, and chosen. */
import { useEffect, useRef, useState } from "react";
import { defineMessages, FormattedMessage, useIntl } from "react-intl";
import { useDispatch } from "react-redux";
import { flattenToAppURL } from "@plone/volto/helpers/Url/Url";
import { describedBy, Error, Help } from "./Help";

const FIND = "CLICKTRACKER_FIND";

/* Milliseconds without another letter, after which somebody is searched. */
const PAUSE = 300;

const messages = defineMessages({
  search: { id: "clicktracker-part-of-a-name", defaultMessage: "Part of the name" },
});

/* Returns those who are found, with `more` of them than are told: null before anybody has
   asked. An answer to an earlier question is nobody's any more. */
const useFound = (url, text) => {
  const dispatch = useDispatch();
  const [found, setFound] = useState(null);
  useEffect(() => {
    let isAsked = true;
    if (!text.trim()) {
      setFound(null);
      return undefined;
    }
    const ask = async () => {
      const path = `${flattenToAppURL(url)}?search=${encodeURIComponent(text.trim())}`;
      let answer;
      try {
        answer = await dispatch({ type: FIND, request: { op: "get", path } });
      } catch (error) {
        answer = { items: [], isUnreachable: true };
      }
      if (isAsked) setFound(answer);
    };
    const timer = setTimeout(ask, PAUSE);
    return () => {
      isAsked = false;
      clearTimeout(timer);
    };
  }, [dispatch, url, text]);
  return found;
};

const Choice = ({ id, each, isChosen, onChange }) => (
  <div className="own-reading-choice">
    <label htmlFor={id}>
      <input id={id} type="checkbox" checked={isChosen} onChange={onChange} />{" "}
      <bdi>{each.title}</bdi>
    </label>
  </div>
);

const People = ({ id, field, value, error, onChange }) => {
  const intl = useIntl();
  const [text, setText] = useState("");
  const [titles, setTitles] = useState({});
  const found = useFound(field.search, text);
  const isOne = field.most === 1;
  const chosen = (isOne ? [value].filter(Boolean) : value ?? []).map(
    (name) =>
      field.choices?.find((each) => each.name === name) ?? {
        name,
        title: titles[name] ?? name,
      },
  );
  const names = chosen.map(({ name }) => name);
  const others = (found?.items ?? []).filter(({ name }) => !names.includes(name));

  /* What is chosen, or isn't any more, is then in the other list. */
  const fields = useRef(null);
  const moved = useRef(null);
  useEffect(() => {
    if (!moved.current) return;
    (document.getElementById(moved.current) ?? fields.current).focus();
    moved.current = null;
  });

  const choose = ({ name, title }) => {
    moved.current = `${id}-chosen-${name}`;
    setTitles({ ...titles, [name]: title });
    onChange(isOne ? name : [...names, name]);
  };
  const leave = ({ name }) => {
    moved.current = `${id}-found-${name}`;
    onChange(isOne ? "" : names.filter((each) => each !== name));
  };

  return (
    <fieldset
      ref={fields}
      tabIndex={-1}
      className={
        error ? "own-reading-choices error field" : "own-reading-choices field"
      }
      aria-describedby={describedBy(id, field, error)}
    >
      <legend>{field.title}</legend>
      <Help id={id} field={field} />
      {chosen.map((each) => (
        <Choice
          key={each.name}
          id={`${id}-chosen-${each.name}`}
          each={each}
          isChosen
          onChange={() => leave(each)}
        />
      ))}
      <label htmlFor={`${id}-search`}>{intl.formatMessage(messages.search)}</label>
      <input
        id={`${id}-search`}
        type="search"
        autoComplete="off"
        value={text}
        aria-describedby={describedBy(id, field, error)}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => event.key === "Enter" && event.preventDefault()}
      />
      <div aria-live="polite">
        {others.map((each) => (
          <Choice
            key={each.name}
            id={`${id}-found-${each.name}`}
            each={each}
            isChosen={false}
            onChange={() => choose(each)}
          />
        ))}
        {found?.isUnreachable && (
          <p>
            <FormattedMessage
              id="clicktracker-not-searched"
              defaultMessage="The site can't be reached. Try again."
            />
          </p>
        )}
        {found && !found.isUnreachable && !others.length && (
          <p>
            <FormattedMessage
              id="clicktracker-nobody-found"
              defaultMessage="Nobody else is found by this."
            />
          </p>
        )}
        {found?.more && (
          <p>
            <FormattedMessage
              id="clicktracker-more-found"
              defaultMessage="There are more. Type more of the name."
            />
          </p>
        )}
      </div>
      <Error id={id} error={error} />
    </fieldset>
  );
};

export default People;
