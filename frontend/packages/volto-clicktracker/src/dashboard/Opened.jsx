/* When documents were opened, and which of them most and least. */
import { FormattedMessage, FormattedNumber } from "react-intl";
import Chart from "../frame/Chart";
import ScreenLink from "../frame/ScreenLink";

const Few = ({ id, title, documents }) => (
  <section aria-labelledby={id}>
    <h3 id={id}>{title}</h3>
    <ol className="own-reading-few">
      {documents.map((document) => (
        <li key={document["@id"]}>
          <ScreenLink url={document.screen} dir="auto">
            {document.title}
          </ScreenLink>{" "}
          <FormattedNumber value={document.times} />
        </li>
      ))}
    </ol>
  </section>
);

const Opened = ({ answer }) => {
  const { chart, most, least } = answer;
  return (
    <section aria-labelledby="own-reading-opened">
      <h2 id="own-reading-opened">
        <FormattedMessage
          id="clicktracker-when-opened"
          defaultMessage="When they were opened"
        />
      </h2>
      {most.length === 0 ? (
        <p>
          <FormattedMessage
            id="clicktracker-no-openings"
            defaultMessage="No openings are known in this period."
          />
        </p>
      ) : (
        <>
          <Chart chart={chart} />
          <div className="own-reading-beside">
            <Few
              id="own-reading-most"
              title={
                <FormattedMessage
                  id="clicktracker-most-opened"
                  defaultMessage="Most opened"
                />
              }
              documents={most}
            />
            {least.length > 0 && (
              <Few
                id="own-reading-least"
                title={
                  <FormattedMessage
                    id="clicktracker-least-opened"
                    defaultMessage="Least opened"
                  />
                }
                documents={least}
              />
            )}
          </div>
        </>
      )}
    </section>
  );
};

export default Opened;
