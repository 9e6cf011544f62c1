/* Who is excused, and was earlier: docs/rest.md, `@exceptions`. */
import Rows from "../frame/Rows";
import { Said } from "../frame/Said";
import { Told } from "../frame/Told";
import { useAnswer } from "../frame/useAnswer";

const nameOf = ({ name }) => name;

/* `onDone` is told that somebody is no longer excused. */
const Exceptions = ({ path, onDone }) => {
  const told = useAnswer(`${path}/@exceptions`, { screen: 1 });
  const done = () => {
    told.again();
    onDone();
  };
  return (
    <Told told={told}>
      {({ items, earlier, screen }) => (
        <>
          <Rows
            title={screen.titles.excused}
            rows={items}
            nameOf={nameOf}
            nothing={screen.titles.nobody}
            form={screen.forms.end}
            change={screen.titles.change}
            onDone={done}
          />
          {earlier.length > 0 && (
            <Rows title={screen.titles.earlier} rows={earlier} nameOf={nameOf} />
          )}
          <Said screen={screen} />
        </>
      )}
    </Told>
  );
};

export default Exceptions;
