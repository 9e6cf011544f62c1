/* What is known about a reader: docs/rest.md, `@readers/<user id>`. */
import { defineMessages, FormattedMessage, useIntl } from "react-intl";
import { Link } from "react-router-dom";
import { flattenToAppURL } from "@plone/volto/helpers/Url/Url";
import { LevelsExplained } from "../frame/Level";
import Screen from "../frame/Screen";
import { useAnswer } from "../frame/useAnswer";
import { useAsked } from "../frame/useAsked";
import { When } from "../frame/When";
import { Facts } from "./Facts";
import { Openings } from "./Openings";
import { Versions } from "./Versions";
import "./report.css";

const messages = defineMessages({
  title: {
    id: "clicktracker-about-a-reader",
    defaultMessage: "What is known about a reader",
  },
});

const Who = ({ reader: { name, user, note } }) => (
  <p className="own-reading-sentences">
    <strong dir="auto">{name}</strong>
    {user !== name && <span dir="auto"> {user}</span>}
    {note && ` (${note})`}
  </p>
);

const Excused = ({ exception: { reason, by, since } }) => (
  <p>
    <FormattedMessage
      id="clicktracker-is-excused"
      defaultMessage="This person is excused from reading this: {reason} (recorded by {user}, {time})"
      values={{
        reason: <strong dir="auto">{reason}</strong>,
        user: <bdi>{by}</bdi>,
        time: <When at={since} />,
      }}
    />
  </p>
);

const Missing = ({ documents }) => (
  <section aria-labelledby="own-reading-missing">
    <h2 id="own-reading-missing">
      <FormattedMessage
        id="clicktracker-not-yet-known"
        defaultMessage="Not yet, as far as is known"
      />
    </h2>
    <ul>
      {documents.map((document) => (
        <li key={document["@id"]}>
          <Link to={flattenToAppURL(document["@id"])} dir="auto">
            {document.title}
          </Link>
        </li>
      ))}
    </ul>
  </section>
);

const Known = ({ answer, asked }) => (
  <>
    <Who reader={answer.reader} />
    {answer.expectation && <p>{answer.expectation}</p>}
    {answer.exception && <Excused exception={answer.exception} />}
    {answer.missing?.length > 0 && <Missing documents={answer.missing} />}
    {answer.acknowledgements.length > 0 && <Facts facts={answer.acknowledgements} />}
    <Versions answer={answer} asked={asked} />
    <LevelsExplained levels={answer.levels} />
    {answer.items_total > 0 && <Openings answer={answer} asked={asked} />}
  </>
);

const Reader = ({ path }) => {
  const intl = useIntl();
  const asked = useAsked();
  const { reader = "", back, ...params } = asked.asked;
  const service = `${path}/@readers/${encodeURIComponent(reader)}`;
  const told = useAnswer(service, params);
  const report = `${path}/who-read-this${back ? `?${back}` : ""}`;
  return (
    <Screen
      path={path}
      title={intl.formatMessage(messages.title)}
      back={report}
      told={told}
    >
      {(answer) => (
        <>
          <p>
            <Link to={report}>
              <FormattedMessage
                id="clicktracker-back-to-report"
                defaultMessage="Back to the report"
              />
            </Link>
          </p>
          <Known answer={answer} asked={asked} />
        </>
      )}
    </Screen>
  );
};

export default Reader;
