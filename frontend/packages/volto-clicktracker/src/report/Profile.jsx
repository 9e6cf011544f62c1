/* How far readers got in the text, part by part. */
import { defineMessages, useIntl } from "react-intl";
import { Bar } from "../frame/Figures";

const messages = defineMessages({
  part: {
    id: "clicktracker-part-of-text",
    defaultMessage: "Part of the text",
  },
  beginning: {
    id: "clicktracker-reached-beginning",
    defaultMessage: "Reached its beginning",
  },
  end: {
    id: "clicktracker-reached-end",
    defaultMessage: "Reached its end",
  },
  from: {
    id: "clicktracker-part-from",
    defaultMessage: "{begin} to {end} %",
  },
});

const Reached = ({ title, people, readers }) => (
  <td role="cell" data-title={title}>
    {people}
    <Bar parts={[{ name: "engaged", title, number: people }]} total={readers} />
  </td>
);

export const Profile = ({ profile: { title, sentences, readers, parts } }) => {
  const intl = useIntl();
  const [part, beginning, end] = ["part", "beginning", "end"].map((name) =>
    intl.formatMessage(messages[name]),
  );
  return (
    <section aria-labelledby="own-reading-profile">
      <h2 id="own-reading-profile">{title}</h2>
      {sentences.map((sentence) => (
        <p key={sentence} className="own-reading-aside">
          {sentence}
        </p>
      ))}
      <div className="own-reading-list">
        <table className="ui celled table" role="table">
          <thead role="rowgroup">
            <tr role="row">
              {[part, beginning, end].map((each) => (
                <th key={each} role="columnheader" scope="col">
                  {each}
                </th>
              ))}
            </tr>
          </thead>
          <tbody role="rowgroup">
            {parts.map((each) => (
              <tr key={each.begins} role="row">
                <th role="rowheader" scope="row" dir="auto">
                  {each.title}
                  <small>
                    {intl.formatMessage(messages.from, {
                      begin: each.begins,
                      end: each.ends,
                    })}
                  </small>
                </th>
                <Reached
                  title={beginning}
                  people={each.reached_its_beginning}
                  readers={readers}
                />
                <Reached title={end} people={each.reached_its_end} readers={readers} />
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
};
