/* Which earlier versions are the same in substance: docs/rest.md, `@minor-changes`. */
import { defineMessages, useIntl } from "react-intl";
import Forms from "../frame/Forms";
import Rows from "../frame/Rows";
import { Links, Said } from "../frame/Said";
import Screen from "../frame/Screen";
import { useAnswer } from "../frame/useAnswer";

const messages = defineMessages({
  title: { id: "clicktracker-minor-changes", defaultMessage: "Minor changes" },
});

const nameOf = ({ versions }) => versions;

const MinorChanges = ({ path }) => {
  const intl = useIntl();
  const service = `${path}/@minor-changes`;
  const told = useAnswer(service, { screen: 1 });
  const { again } = told;
  return (
    <Screen path={path} title={intl.formatMessage(messages.title)} told={told}>
      {({ screen, current, items, withdrawn }) => (
        <>
          <Said screen={screen} />
          <Forms
            forms={screen.forms}
            send={{ declare: (values) => ["post", service, { ...values, current }] }}
            onDone={again}
            again={again}
          />
          {items.length > 0 && (
            <Rows
              title={screen.titles.declared}
              rows={items}
              nameOf={nameOf}
              form={screen.forms.withdraw}
              onDone={again}
            />
          )}
          {withdrawn.length > 0 && (
            <Rows title={screen.titles.withdrawn} rows={withdrawn} nameOf={nameOf} />
          )}
          <Links links={screen.links} />
        </>
      )}
    </Screen>
  );
};

export default MinorChanges;
