/* A field of a form, as a service describes it: `kind` says which. */
import { Form } from "semantic-ui-react";
import People from "./People";
import { describedBy, Error, Help } from "./Help";

const TYPES = { line: "text", day: "date", time: "time", password: "password" };

/* What one has typed. */
const Typed = ({ id, field, value, error, onChange }) => {
  const shared = {
    id,
    name: field.name,
    value: value ?? "",
    required: field.required,
    maxLength: field.longest,
    "aria-describedby": describedBy(id, field, error),
    "aria-invalid": error ? true : undefined,
    onChange: (event) => onChange(event.target.value),
  };
  return (
    <Form.Field error={Boolean(error)} required={field.required}>
      <label htmlFor={id}>{field.title}</label>
      {field.kind === "text" ? (
        <textarea rows={field.rows ?? 2} {...shared} />
      ) : (
        <input type={TYPES[field.kind]} {...shared} />
      )}
      <Error id={id} error={error} />
      <Help id={id} field={field} />
    </Form.Field>
  );
};

const Yes = ({ id, field, value, error, onChange }) => (
  <Form.Field error={Boolean(error)} className="own-reading-choice">
    <label htmlFor={id}>
      <input
        id={id}
        type="checkbox"
        checked={Boolean(value)}
        aria-describedby={describedBy(id, field, error)}
        onChange={(event) => onChange(event.target.checked)}
      />{" "}
      {field.title}
    </label>
    <Error id={id} error={error} />
    <Help id={id} field={field} />
  </Form.Field>
);

/* One of some choices, or several of them. */
const Choices = ({ id, field, isSaid, value, error, onChange }) => {
  const isOne = field.kind === "one";
  /* Who was chosen on another page is still chosen. */
  const listed = field.choices.map(({ name }) => name);
  const elsewhere = (field.known ?? []).filter(
    ({ name }) => value.includes(name) && !listed.includes(name),
  );
  const isChosen = (name) => (isOne ? value === name : (value ?? []).includes(name));
  const choose = (name) => {
    if (isOne) return onChange(name);
    const others = (value ?? []).filter((each) => each !== name);
    return onChange(isChosen(name) ? others : [...others, name]);
  };
  return (
    <fieldset
      className={
        error ? "own-reading-choices error field" : "own-reading-choices field"
      }
      aria-describedby={describedBy(id, field, error)}
    >
      <legend className={isSaid ? "own-reading-unseen" : undefined}>
        {field.title}
      </legend>
      <Help id={id} field={field} />
      {[...field.choices, ...elsewhere].map((choice, number) => (
        <div key={choice.name} className="own-reading-choice">
          <label htmlFor={`${id}-${number}`}>
            <input
              id={`${id}-${number}`}
              type={isOne ? "radio" : "checkbox"}
              name={id}
              checked={isChosen(choice.name)}
              disabled={choice.disabled}
              aria-describedby={describedBy(`${id}-${number}`, choice)}
              onChange={() => choose(choice.name)}
            />{" "}
            <bdi>{choice.title}</bdi>
          </label>
          <Help id={`${id}-${number}`} field={choice} />
        </div>
      ))}
      <Error id={id} error={error} />
    </fieldset>
  );
};

const KINDS = { one: Choices, some: Choices, people: People, yes: Yes };

/* `isSaid` says that the heading above is the field's title. */
const Field = (props) => {
  const Kind = KINDS[props.field.kind] ?? Typed;
  return <Kind {...props} />;
};

export default Field;
