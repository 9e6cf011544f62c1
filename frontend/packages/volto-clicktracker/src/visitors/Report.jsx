/* How many people visit the site, how often, and which pages: docs/rest.md,
   `@visitors-report`. */
import { defineMessages, useIntl } from "react-intl";
import { classicURL } from "../classicURL";
import Chart from "../frame/Chart";
import Filters from "../frame/Filters";
import List from "../frame/List";
import { Line, Lines } from "../frame/Said";
import Screen from "../frame/Screen";
import Tabs from "../frame/Tabs";
import { useAnswer } from "../frame/useAnswer";
import { useAsked } from "../frame/useAsked";
import { messages } from "./Feed";
import { Notices, Page, Screens } from "./Said";
import "./visitors.css";

const own = defineMessages({
  report: { id: "clicktracker-visitors-report", defaultMessage: "Visitors report" },
  period: { id: "clicktracker-period", defaultMessage: "Period" },
  exports: { id: "clicktracker-export", defaultMessage: "Export" },
});

const Figures = ({ screen: { titles, figures, compared, remarks } }) => (
  <section>
    <h2>{titles.figures}</h2>
    <p>{compared}</p>
    <div
      className="own-reading-table"
      role="region"
      tabIndex={0}
      aria-label={titles.figures}
    >
      <table className="ui very compact table unstackable">
        <thead>
          <tr>
            <td />
            <th scope="col" className="right aligned">
              {titles.now}
            </th>
            <th scope="col" className="right aligned">
              {titles.before}
            </th>
            <th scope="col" className="right aligned own-reading-wide">
              {titles.change}
            </th>
          </tr>
        </thead>
        <tbody>
          {figures.map(
            ({ name, title, is_part: isPart, notes, now, before, change }) => (
              <tr key={name}>
                <th scope="row" className={isPart ? "is-part" : undefined}>
                  {title}
                  {notes.map((note) => (
                    <small key={note}>{note}</small>
                  ))}
                </th>
                <td className="right aligned">{now}</td>
                <td className="right aligned">{before}</td>
                <td className="right aligned own-reading-wide">{change}</td>
              </tr>
            ),
          )}
        </tbody>
      </table>
    </div>
    <Lines lines={remarks} />
  </section>
);

const Lists = ({ title, lists, shown, asked }) => (
  <Tabs
    title={title}
    tabs={lists.map(({ name, title: text }) => ({
      name,
      title: text,
      to: asked.addressWith({ list: name, b_start: null }),
      isShown: text === shown,
    }))}
  />
);

const What = ({ what }) => (
  <>
    {what.is_page ? (
      <Page page={what} />
    ) : (
      <bdi>
        <Line line={what} />
      </bdi>
    )}
    {what.note && <small>{what.note}</small>}
  </>
);

const Listed = ({ answer, asked }) => {
  const intl = useIntl();
  const { screen, lists } = answer;
  const { titles, list } = screen;
  return (
    <section>
      <Lists title={titles.lists} lists={lists} shown={titles.list} asked={asked} />
      <h2>{titles.list}</h2>
      {list.left_out && <p>{list.left_out}</p>}
      <List
        title={titles.list}
        columns={list.columns}
        answer={answer}
        asked={asked}
        cell={(name, { said }) =>
          name === "what" ? <What what={said.what} /> : said[name]
        }
        empty={<p>{list.empty}</p>}
      />
      <p className="own-reading-exports">
        {intl.formatMessage(own.exports)}:{" "}
        {screen.exports.map(({ "@id": url, title }, number) => (
          <span key={url}>
            {number > 0 && " · "}
            <a href={classicURL(url)}>{title}</a>
          </span>
        ))}
      </p>
    </section>
  );
};

const Report = ({ path }) => {
  const intl = useIntl();
  const asked = useAsked();
  const told = useAnswer(`${path}/@visitors-report`, { ...asked.asked, screen: 1 });
  return (
    <Screen path={path} title={intl.formatMessage(own.report)} told={told}>
      {(answer) => {
        const { screen } = answer;
        return (
          <>
            <Lines lines={screen.lead} />
            <Screens
              title={intl.formatMessage(messages.screens)}
              links={screen.links}
            />
            <Notices notices={screen.notices} />
            <Screens title={intl.formatMessage(own.period)} links={screen.periods} />
            <Filters
              isChoice
              filters={screen.filters}
              asked={asked}
              errors={told.problem?.errors}
            />
            {screen.empty ? (
              <p>{screen.empty}</p>
            ) : (
              <>
                <Figures screen={screen} />
                <Chart chart={screen.chart} />
                <Lines lines={screen.steps} />
                <Listed answer={answer} asked={asked} />
              </>
            )}
          </>
        );
      }}
    </Screen>
  );
};

export default Report;
