/* How far those are who are expected to read a document. */
import { FormattedMessage } from "react-intl";
import { Bar, Parts } from "../frame/Figures";
import ScreenLink from "../frame/ScreenLink";
import { screenURL } from "../screenURL";

const Share = ({ item }) => {
  const { share, percent, missing, levels, notes, opened, expected } = item;
  const parts = levels.map(({ name, title, people, readers }) => ({
    name,
    title,
    number: people,
    to: screenURL(readers),
  }));
  return (
    <>
      {share && (
        <>
          {missing ? <ScreenLink url={missing}>{share}</ScreenLink> : share} (
          <FormattedMessage
            id="clicktracker-percent"
            defaultMessage="{percent, number} %"
            values={{ percent }}
          />
          )
          <Bar
            parts={
              parts.length ? parts : [{ name: "opened", title: "", number: opened }]
            }
            total={expected}
          />
          {parts.length > 0 && <Parts parts={parts} />}
        </>
      )}
      {notes.map((note) => (
        <small key={note}>{note}</small>
      ))}
    </>
  );
};

export default Share;
