/* What stands beside a document in a member's own lists, as a service says it: docs/rest.md,
   `states`. */
import "./own.css";

export const stateOf = (item, name) => item.states.find((state) => state.name === name);

export const State = ({ state }) =>
  state && (
    <>
      {" "}
      <span className={`own-reading-state is-${state.name}`}>{state.title}</span>
    </>
  );
