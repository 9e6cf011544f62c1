/* What is said of a field: what it is for, and what is wrong with what is in it. */
import { classicURL } from "../classicURL";

export const describedBy = (id, { description }, error) =>
  [description && `${id}-help`, error && `${id}-error`].filter(Boolean).join(" ") ||
  undefined;

export const Help = ({ id, field: { description, link } }) => (
  <>
    {description && (
      <p id={`${id}-help`} className="help" dir="auto">
        {description}
      </p>
    )}
    {link && (
      <p>
        <a href={classicURL(link["@id"])}>{link.title}</a>
      </p>
    )}
  </>
);

export const Error = ({ id, error }) =>
  error ? (
    <p id={`${id}-error`} className="clicktracker-error" dir="auto">
      {error}
    </p>
  ) : null;
