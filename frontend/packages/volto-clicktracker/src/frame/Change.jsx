/* A form, as a service describes it, that changes something.

   `form` has `fields`, the `submit` button's text, and `more` buttons: docs/rest.md. `send` gets
   the values by the names of the fields, and the button's `data`; it returns what is sent:
   `[op, path, data]`. `of` says what the form is about, where there are several. `onDone` gets
   the answer, that of one of the `more` only as long as it is about what the form says;
   `onTyped` is told when that is something else. `again` asks the service once more: what was
   typed stays, all else is then as it is now. */
import { useEffect, useRef, useState } from "react";
import { FormattedMessage } from "react-intl";
import { Button, Form, Message } from "semantic-ui-react";
import Field from "./Field";
import { useChange } from "./useChange";

const valuesOf = ({ fields }, typed) =>
  Object.fromEntries(fields.map(({ name, value }) => [name, typed[name] ?? value]));

/* Why nothing was done. It gets the focus, so that it is seen and heard. */
export const Problem = ({ problem, again }) => {
  const shown = useRef(null);
  useEffect(() => {
    if (problem) shown.current.focus();
  }, [problem]);
  if (!problem) return null;
  return (
    <div ref={shown} role="alert" tabIndex={-1}>
      <Message negative>
        <p>{problem.message}</p>
        {problem.isConflict && again && (
          <Button type="button" basic onClick={again}>
            <FormattedMessage
              id="clicktracker-what-it-says-now"
              defaultMessage="Show what it says now"
            />
          </Button>
        )}
      </Message>
    </div>
  );
};

/* Buttons that can't be pressed for the moment keep the focus, so they are not `disabled`. */
const Change = ({ id = "change", form, of, send, onDone, onTyped, again }) => {
  const [typed, setTyped] = useState({});
  const latest = useRef(typed);
  latest.current = typed;
  const change = useChange();
  const { problem, isSending } = change;
  const values = valuesOf(form, typed);
  const errors = problem?.errors ?? {};

  const submit = async (data) => {
    const asked = latest.current;
    const answer = await change.send(...send(values, data));
    if (!answer || (data && latest.current !== asked)) return;
    if (!data) setTyped({});
    onDone?.(answer);
  };

  const seeNow = async () => {
    await again();
    change.forget();
  };

  return (
    <Form
      onSubmit={() => submit()}
      noValidate
      aria-label={[form.title, of].filter(Boolean).join(" ")}
    >
      <Problem problem={problem} again={again && seeNow} />
      {form.fields
        .filter(({ only }) => !only || values[only.name] === only.value)
        .map((field) => (
          <Field
            key={field.name}
            id={`${id}-${field.name}`}
            field={field}
            isSaid={field.title === form.title}
            value={values[field.name]}
            error={errors[field.name]}
            onChange={(value) => {
              setTyped({ ...typed, [field.name]: value });
              onTyped?.();
            }}
          />
        ))}
      <Button
        primary
        type="submit"
        loading={isSending}
        aria-disabled={isSending}
        aria-label={of && `${form.submit} ${of}`}
      >
        {form.submit}
      </Button>
      {(form.more ?? []).map(({ title, data }) => (
        <Button
          key={title}
          type="button"
          aria-disabled={isSending}
          onClick={() => submit(data)}
        >
          {title}
        </Button>
      ))}
    </Form>
  );
};

export default Change;
