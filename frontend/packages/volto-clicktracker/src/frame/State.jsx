/* How something stands, beside its name: as a service says it (docs/rest.md, `states`), or as
   the screen calls it. */
import { FormattedMessage } from "react-intl";
import "./state.css";

export const stateOf = (item, name) => item.states.find((state) => state.name === name);

export const State = ({ state }) =>
  state && (
    <>
      {" "}
      <span className={`own-reading-state is-${state.name}`}>{state.title}</span>
    </>
  );

export const Overdue = () => (
  <State
    state={{
      name: "overdue",
      title: <FormattedMessage id="clicktracker-overdue" defaultMessage="Overdue" />,
    }}
  />
);
