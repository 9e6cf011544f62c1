/* The forms of a screen, below one another. */
import Change from "./Change";

/* `forms` are those of a service, `send` has how each is sent, by its name, as for Change. */
const Forms = ({ forms, send, ...rest }) =>
  Object.keys(send)
    .filter((name) => forms[name])
    .map((name) => (
      <section key={name} aria-labelledby={`${name}-title`}>
        <h2 id={`${name}-title`}>{forms[name].title}</h2>
        {forms[name].about.map((text) => (
          <p key={text} dir="auto">
            {text}
          </p>
        ))}
        <Change id={name} form={forms[name]} send={send[name]} {...rest} />
      </section>
    ));

export default Forms;
