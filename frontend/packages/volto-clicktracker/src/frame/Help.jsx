/* What is said of a field: what it is for, and what is wrong with what is in it. */
import ScreenLink from "./ScreenLink";

export const describedBy = (id, { description }, error) =>
  [description && `${id}-help`, error && `${id}-error`].filter(Boolean).join(" ") ||
  undefined;

export const Help = ({ id, field: { description, more, link } }) => (
  <>
    {description && (
      <p id={`${id}-help`} className="own-reading-help" dir="auto">
        {description}
      </p>
    )}
    {(more || link) && (
      <p className="own-reading-help" dir="auto">
        {more} {link && <ScreenLink url={link["@id"]}>{link.title}</ScreenLink>}
      </p>
    )}
  </>
);

export const Error = ({ id, error }) =>
  error ? (
    <p id={`${id}-error`} className="own-reading-error" dir="auto">
      {error}
    </p>
  ) : null;
