/* What a list is narrowed by. It is asked for by the address, so it can be shared. */
import { useState } from "react";
import { defineMessages, useIntl } from "react-intl";
import { Link } from "react-router-dom";
import { Button, Form } from "semantic-ui-react";

const messages = defineMessages({
  all: {
    id: "clicktracker-all",
    defaultMessage: "All",
  },
  filter: {
    id: "clicktracker-filter",
    defaultMessage: "Filter",
  },
  show: {
    id: "clicktracker-show",
    defaultMessage: "Show",
  },
  showAll: {
    id: "clicktracker-show-all",
    defaultMessage: "Show all",
  },
});

const TYPES = { text: "search", day: "date" };

const Field = ({ filter, value, error, change }) => {
  const intl = useIntl();
  const { name, title, kind, choices } = filter;
  const id = `own-reading-filter-${name}`;
  if (kind === "check") {
    return (
      <Form.Field className="own-reading-check">
        <input
          id={id}
          type="checkbox"
          checked={Boolean(value)}
          onChange={(event) => change(event.target.checked ? "1" : "")}
        />
        <label htmlFor={id}>{title}</label>
      </Form.Field>
    );
  }
  return (
    <Form.Field error={Boolean(error)}>
      <label htmlFor={id}>{title}</label>
      {kind === "choice" ? (
        <select id={id} value={value} onChange={(event) => change(event.target.value)}>
          {!filter.value && (
            <option value="">{filter.usual ?? intl.formatMessage(messages.all)}</option>
          )}
          {choices.map((choice) => (
            <option key={choice.name} value={choice.name}>
              {choice.title}
            </option>
          ))}
        </select>
      ) : (
        <input
          id={id}
          type={TYPES[kind]}
          value={value}
          aria-invalid={Boolean(error)}
          aria-describedby={error && `${id}-error`}
          onChange={(event) => change(event.target.value)}
        />
      )}
      {error && (
        <p id={`${id}-error`} className="ui pointing red basic label">
          {error}
        </p>
      )}
    </Form.Field>
  );
};

/* Whatever was typed gives way to what another address asks for. */
const useValues = (filters, asked) => {
  const valuesAsked = () =>
    Object.fromEntries(
      filters.map(({ name, value }) => [name, asked.asked[name] ?? value ?? ""]),
    );
  const [values, setValues] = useState(valuesAsked);
  const address = JSON.stringify([filters.map(({ name }) => name), asked.asked]);
  const [before, setBefore] = useState(address);
  if (before !== address) {
    setBefore(address);
    setValues(valuesAsked());
  }
  return [values, setValues];
};

const FiltersAsAsked = ({ filters, asked, errors, start, isChoice }) => {
  const intl = useIntl();
  const names = filters.map(({ name }) => name);
  const [values, setValues] = useValues(filters, asked);
  const nothing = Object.fromEntries(names.map((name) => [name, null]));
  return (
    <Form
      role="search"
      className="own-reading-filters"
      onSubmit={() => asked.ask({ ...values, [start]: null })}
    >
      {filters.map((filter) => (
        <Field
          key={filter.name}
          filter={filter}
          value={values[filter.name] ?? ""}
          error={errors.find(({ field }) => field === filter.name)?.message}
          change={(value) => setValues({ ...values, [filter.name]: value })}
        />
      ))}
      <div className="own-reading-buttons">
        <Button type="submit">
          {intl.formatMessage(isChoice ? messages.show : messages.filter)}
        </Button>
        {!isChoice && names.some((name) => asked.asked[name]) && (
          <Link
            to={asked.addressWith({ ...nothing, [start]: null })}
            /* The link goes, the button stays. */
            onClick={(event) => event.currentTarget.previousElementSibling.focus()}
          >
            {intl.formatMessage(messages.showAll)}
          </Link>
        )}
      </div>
    </Form>
  );
};

/* `filters` are those of a service: `name` of the parameter, `title`, and `kind`: text, day,
   check, or choice with its `choices` by `name` and `title`; what is `usual` where nothing is
   chosen, and the `value` where nothing is asked: then one is always chosen. `errors` are what the service
   has not understood, by `field`. `start` is as for the list. With `isChoice` it is chosen what is
   shown, as a moment or a period, and no list is narrowed. */
const Filters = ({ filters, asked, errors = [], start = "b_start", isChoice }) =>
  filters.length > 0 && (
    <FiltersAsAsked {...{ filters, asked, errors, start, isChoice }} />
  );

export default Filters;
