/* How far people are: in sentences, and for the eye as a bar. */
import { FormattedNumber } from "react-intl";
import { Link } from "react-router-dom";

/* A bar of `total`, for the eye alone: the text beside it says the same. `parts` have a
   `title`, a `number` and a `name`, by which they have their colour. */
export const Bar = ({ parts, total }) => (
  <div className="own-reading-bar" aria-hidden="true">
    {parts
      .filter(({ number }) => number > 0)
      .map(({ name, title, number }) => (
        <span
          key={name}
          className={`is-${name}`}
          style={{ width: `${(100 * number) / total}%` }}
          title={`${title}: ${number}`}
        />
      ))}
  </div>
);

/* `parts` may have an address within Volto, as `to`, where those people are. */
export const Parts = ({ parts }) => (
  <ul className="own-reading-parts">
    {parts.map(({ name, title, number, to }) => {
      const text = (
        <>
          <span className={`own-reading-colour is-${name}`} aria-hidden="true" />
          {title} <FormattedNumber value={number} />
        </>
      );
      return <li key={name}>{to ? <Link to={to}>{text}</Link> : text}</li>;
    })}
  </ul>
);

/* The `sentences` come from the service. */
const Figures = ({ sentences = [], parts = [], total = 0, children }) => (
  <div className="own-reading-figures">
    {sentences.length > 0 && (
      <p className="own-reading-sentences">
        {sentences.map((sentence) => (
          <span key={sentence}>{sentence} </span>
        ))}
      </p>
    )}
    {total > 0 && parts.length > 0 && (
      <>
        <Bar parts={parts} total={total} />
        <Parts parts={parts} />
      </>
    )}
    {children}
  </div>
);

export default Figures;
