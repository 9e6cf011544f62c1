/* What a reader has acknowledged, and what others have attested. */
import { FormattedMessage } from "react-intl";
import { Label } from "semantic-ui-react";
import { When } from "../frame/When";

const Fact = ({ fact }) => (
  <li>
    <strong>{fact.title}</strong> <When at={fact.at} />{" "}
    {fact.state && <Label size="small">{fact.state}</Label>}
    {fact.sentence && (
      <p lang={fact.language} dir="auto" style={{ whiteSpace: "pre-line" }}>
        <q>{fact.sentence}</q>
      </p>
    )}
    {(fact.way || fact.why) && (
      <p dir="auto">{[fact.way, fact.why].filter(Boolean).join(": ")}</p>
    )}
    {fact.by && (
      <small>
        <FormattedMessage
          id="clicktracker-recorded-by"
          defaultMessage="Recorded by {name}."
          values={{ name: <bdi>{fact.by}</bdi> }}
        />
      </small>
    )}
    <small>{fact.version}</small>
    {fact.asked_again && (
      <small>
        <FormattedMessage
          id="clicktracker-password-was-asked"
          defaultMessage="The password was asked for again."
        />
      </small>
    )}
    {fact.digest && (
      <small>
        <FormattedMessage
          id="clicktracker-fingerprint-of-text"
          defaultMessage="Fingerprint of the text: {digest}"
          values={{ digest: <code>{fact.digest}</code> }}
        />
      </small>
    )}
  </li>
);

export const Facts = ({ facts }) => (
  <section aria-labelledby="own-reading-facts">
    <h2 id="own-reading-facts">
      <FormattedMessage
        id="clicktracker-acknowledged-and-attested"
        defaultMessage="Acknowledged and attested"
      />
    </h2>
    <ul className="own-reading-facts">
      {facts.map((fact) => (
        <Fact key={`${fact.kind} ${fact.at} ${fact.version}`} fact={fact} />
      ))}
    </ul>
  </section>
);
