/* A screen that says how something is, and has the forms that change it: `service` is where it is
   asked for and changed, `ops` are the methods by the names of its forms. */
import Forms from "./Forms";
import { Links, Said } from "./Said";
import Screen from "./Screen";
import { useAnswer } from "./useAnswer";

const FormScreen = ({ path, service, title, ops }) => {
  const address = `${path}/${service}`;
  const told = useAnswer(address, { screen: 1 });
  const { again } = told;
  return (
    <Screen path={path} title={title} told={told}>
      {({ screen, holding }) => {
        const sentWith = (op) => (values) => [op, address, { ...values, holding }];
        const send = Object.entries(ops).map(([name, op]) => [name, sentWith(op)]);
        return (
          <>
            <Said screen={screen} />
            <Forms
              forms={screen.forms}
              send={Object.fromEntries(send)}
              onDone={again}
              again={again}
            />
            <Links links={screen.links} />
          </>
        );
      }}
    </Screen>
  );
};

export default FormScreen;
