/* What has changed in a text since it was opened, as Plone has marked it. */
import { FormattedMessage } from "react-intl";

const Part = ({ part: { html, unchanged } }) => {
  /* The backend has made it from the text of the page, which it has cleaned. */
  const shown = <div dangerouslySetInnerHTML={{ __html: html }} />;
  if (!unchanged) return shown;
  return (
    <details>
      <summary>
        <FormattedMessage
          id="clicktracker-unchanged-paragraphs"
          defaultMessage="Unchanged paragraphs: {number, number}"
          values={{ number: unchanged }}
        />
      </summary>
      {shown}
    </details>
  );
};

const Differences = ({ differences }) => (
  <section className="own-reading-differences">
    <h3>
      <FormattedMessage
        id="clicktracker-changed-since"
        defaultMessage="What has changed since you opened it"
      />
    </h3>
    <p>
      <FormattedMessage
        id="clicktracker-marked-changes"
        defaultMessage="What was taken out is marked as deleted, what was added as inserted."
      />
    </p>
    {differences.map(({ title, parts }) => (
      <div key={title} dir="auto">
        <h4>{title}</h4>
        {parts.map((part, number) => (
          <Part key={number} part={part} />
        ))}
      </div>
    ))}
  </section>
);

export default Differences;
