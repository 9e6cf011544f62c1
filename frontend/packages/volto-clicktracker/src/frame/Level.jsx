/* A level of evidence: what it is called, and what it proves for those who point at it.
   `levels` are those that a service explains. */
import { FormattedMessage } from "react-intl";

export const Level = ({ name, levels }) => {
  const level = levels.find((each) => each.name === name);
  return level ? (
    <span className="own-reading-level" title={level.proves}>
      <span className={`own-reading-colour is-${name}`} aria-hidden="true" />
      {level.title}
    </span>
  ) : null;
};

/* What the words mean that stand on a screen. */
export const LevelsExplained = ({ levels }) => (
  <details>
    <summary>
      <FormattedMessage
        id="clicktracker-what-words-mean"
        defaultMessage="What these words mean"
      />
    </summary>
    <dl>
      {levels.map(({ name, title, proves }) => [
        <dt key={name}>{title}</dt>,
        <dd key={`${name}-proves`}>{proves}</dd>,
      ])}
    </dl>
  </details>
);
