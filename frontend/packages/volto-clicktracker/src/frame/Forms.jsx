/* The forms of a screen, below one another. */
import Change from "./Change";

/* `forms` are those of a service, `send` has how each is sent, by its name, as for Change. One
   that is called as its `screen`, or as its only button, has no heading of its own. */
const isSaid = ({ title, submit, fields, about }, screen) =>
  title === screen || (title === submit && !fields.length && !about.length);

const Forms = ({ forms, send, screen, ...rest }) =>
  Object.keys(send)
    .filter((name) => forms[name])
    .map((name) => (
      <section key={name}>
        {!isSaid(forms[name], screen) && <h2>{forms[name].title}</h2>}
        {forms[name].about.map((text) => (
          <p key={text} dir="auto">
            {text}
          </p>
        ))}
        <Change id={name} form={forms[name]} send={send[name]} {...rest} />
      </section>
    ));

export default Forms;
