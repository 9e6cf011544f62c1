/* What was declared, in the words of a service, and how it is ended. */
import { useRef } from "react";
import { flattenToAppURL } from "@plone/volto/helpers/Url/Url";
import Change from "./Change";
import { Lines, Links } from "./Said";
import ScreenLink from "./ScreenLink";

const End = ({ row, name, form, ...rest }) => (
  <details>
    <summary aria-label={`${form.title} ${name}`}>{form.title}</summary>
    {form.about.map((text) => (
      <p key={text}>{text}</p>
    ))}
    <Change id={`end-${row["@id"]}`} form={form} of={name} {...rest} />
  </details>
);

/* Without a `title` they are what the screen is called. `nameOf` says what a row is about. One with an `@id` can be ended by `form`; `change` leads
   to where it can be changed, which is called so. */
const Rows = ({ title, rows, nameOf, nothing, form, change, onDone }) => {
  const list = useRef(null);
  /* The row goes with its button. */
  const done = (answer) => {
    list.current.focus();
    onDone(answer);
  };
  return (
    <section ref={list} aria-label={title} tabIndex={-1}>
      {title && <h2>{title}</h2>}
      {!rows.length && <p>{nothing}</p>}
      <ul className="own-reading-rows">
        {rows.map((row, number) => (
          <li key={row["@id"] ?? number}>
            <strong dir="auto">{nameOf(row)}</strong>
            <Lines lines={row.said} />
            {row.links && <Links links={row.links} />}
            {row.change && (
              <ScreenLink url={row.change} aria-label={`${change} ${nameOf(row)}`}>
                {change}
              </ScreenLink>
            )}
            {row["@id"] && (
              <End
                row={row}
                name={nameOf(row)}
                form={form}
                send={() => ["del", flattenToAppURL(row["@id"])]}
                onDone={done}
              />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
};

export default Rows;
