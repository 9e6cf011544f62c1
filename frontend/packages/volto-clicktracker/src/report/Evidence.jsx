/* How many readers there are at each level, and what that proves. */
import { FormattedMessage, FormattedNumber } from "react-intl";

export const Evidence = ({ evidence: { title, scope, figures, sentences } }) => (
  <details>
    <summary>{title}</summary>
    <p>{scope}</p>
    <div className="own-reading-list">
      <table className="ui celled table" role="table">
        <thead role="rowgroup">
          <tr role="row">
            <th role="columnheader" scope="col">
              <FormattedMessage id="clicktracker-level" defaultMessage="Level" />
            </th>
            <th role="columnheader" scope="col">
              <FormattedMessage id="clicktracker-readers" defaultMessage="Readers" />
            </th>
            <th role="columnheader" scope="col">
              <FormattedMessage
                id="clicktracker-what-it-proves"
                defaultMessage="What it proves"
              />
            </th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          {figures.map(({ name, title: level, people, percent, proves }) => (
            <tr key={name} role="row">
              <th role="rowheader" scope="row">
                {level}
              </th>
              <td role="cell">
                <strong>
                  <FormattedNumber value={people} />
                </strong>
                {percent !== null && ` (${percent} %)`}
              </td>
              <td role="cell">{proves}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
    {sentences.map((sentence) => (
      <p key={sentence}>{sentence}</p>
    ))}
  </details>
);
