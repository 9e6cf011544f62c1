/* A list of a service, by its columns and in pages. On a phone each row is a block. */
import { useRef } from "react";
import { defineMessages, FormattedMessage, useIntl } from "react-intl";
import { Link } from "react-router-dom";
import { Pages } from "./Pages";
import { Value } from "./Value";

const messages = defineMessages({
  reverse: {
    id: "clicktracker-sorted-reverse",
    defaultMessage: "in reverse order",
  },
  sortBy: {
    id: "clicktracker-sort-by",
    defaultMessage: "Sort by",
  },
});

const SORTED = { false: "ascending", true: "descending" };

/* A column with `sort_on` is a link to the list in its order, the other way if it has it. */
const Head = ({ column, order, addressOf }) => {
  const intl = useIntl();
  const { name, title, sort_on: key } = column;
  if (!key) {
    return (
      <th role="columnheader" scope="col">
        {title}
      </th>
    );
  }
  const isSorted = order?.column === name;
  const turns = isSorted && !order.isReverse;
  return (
    <th
      role="columnheader"
      scope="col"
      className="is-sortable"
      aria-sort={isSorted ? SORTED[order.isReverse] : undefined}
    >
      <Link
        to={addressOf({ sort_on: key, sort_order: turns ? "reverse" : null })}
        title={turns ? intl.formatMessage(messages.reverse) : undefined}
      >
        {title}
        {isSorted && <span aria-hidden="true">{order.isReverse ? " ▼" : " ▲"}</span>}
      </Link>
    </th>
  );
};

const Row = ({ columns, item, cell }) => (
  <tr role="row">
    {columns.map(({ name, title }, number) => {
      const shown = cell?.(name, item);
      const content = shown === undefined ? <Value value={item[name]} /> : shown;
      return number === 0 ? (
        <th key={name} role="rowheader" scope="row" dir="auto">
          {content}
        </th>
      ) : (
        <td key={name} role="cell" data-title={title}>
          {content}
        </td>
      );
    })}
  </tr>
);

/* `answer` has `items`, `items_total` and `batching`; `columns` are those to be shown of
   it, the first one says what a row is about. `title` is for those who don't see it.
   `order` is how it is sorted: the name of a `column`, and `isReverse`. `cell` gives what
   is shown of an item in a column, undefined for its value as it is. `asked` is what
   useAsked gives; `start` is the parameter that tells pages. `empty` is shown in place of
   a list without items. */
const List = ({
  title,
  columns,
  answer,
  order,
  cell,
  asked,
  start = "b_start",
  empty = null,
}) => {
  const intl = useIntl();
  const list = useRef(null);
  const { items, items_total: total, batching } = answer;
  if (!total) {
    return (
      empty || (
        <p>
          <FormattedMessage
            id="clicktracker-nothing-listed"
            defaultMessage="There is nothing to list."
          />
        </p>
      )
    );
  }
  /* In another order, it begins at its beginning. */
  const addressOf = (changes) => asked.addressWith({ ...changes, [start]: null });
  return (
    <>
      <div
        ref={list}
        className="own-reading-list"
        role="region"
        aria-label={title}
        tabIndex={0}
      >
        <table className="ui celled table" role="table">
          <thead role="rowgroup">
            <tr role="row" data-title={intl.formatMessage(messages.sortBy)}>
              {columns.map((column) => (
                <Head key={column.name} {...{ column, order, addressOf }} />
              ))}
            </tr>
          </thead>
          <tbody role="rowgroup">
            {items.map((item, number) => (
              <Row key={item["@id"] ?? number} {...{ columns, item, cell }} />
            ))}
          </tbody>
        </table>
      </div>
      <Pages {...{ batching, total, asked, start, list }} shown={items.length} />
    </>
  );
};

export default List;
