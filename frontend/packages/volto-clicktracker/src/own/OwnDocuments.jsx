/* Documents that the member is expected to read, with what a service says of each. */
import { FormattedMessage } from "react-intl";
import { Link } from "react-router-dom";
import { classicURL } from "../classicURL";
import { contentPath } from "../contentPath";
import List from "../frame/List";
import { TimeZone } from "../frame/TimeZone";
import { When } from "../frame/When";
import { State, stateOf } from "../frame/State";

const Title = ({ item }) => {
  const changed = stateOf(item, "changed");
  return (
    <>
      <Link to={contentPath(item["@id"])} dir="auto">
        {item.title}
      </Link>
      {changed && <small>{changed.says}</small>}
      {item.changes && (
        <small>
          <a href={classicURL(item.changes)}>
            <FormattedMessage
              id="clicktracker-what-has-changed"
              defaultMessage="What has changed"
            />
          </a>
        </small>
      )}
    </>
  );
};

const Deadline = ({ item }) => (
  <>
    {item.deadline_text ? (
      <bdi>{item.deadline_text}</bdi>
    ) : (
      <FormattedMessage id="clicktracker-no-deadline" defaultMessage="no deadline" />
    )}
    <State state={stateOf(item, "overdue")} />
  </>
);

const Evidence = ({ item }) => {
  const asked = stateOf(item, "to-acknowledge");
  return (
    <>
      {item.evidence}
      {item.since && (
        <small>
          <When at={item.since} />
        </small>
      )}
      {asked && <small>{asked.says}</small>}
    </>
  );
};

const CELLS = { title: Title, deadline: Deadline, evidence: Evidence };

const cell = (name, item) => {
  const Cell = CELLS[name];
  return <Cell item={item} />;
};

const OwnDocuments = ({ title, answer, asked }) => (
  <>
    <List
      title={title}
      columns={answer.columns}
      answer={answer}
      cell={cell}
      asked={asked}
    />
    <TimeZone zone={answer.timezone} />
  </>
);

export default OwnDocuments;
