/* What is recorded when somebody opens the page, as the site words it. */
import { Container } from "semantic-ui-react";
import { defineMessages, useIntl } from "react-intl";
import { useSelector } from "react-redux";
import ScreenLink from "../frame/ScreenLink";
import { known } from "../known";

const messages = defineMessages({
  seeIt: {
    id: "clicktracker-see-what-is-recorded",
    defaultMessage: "See what is recorded about you",
  },
});

const Notice = ({ content }) => {
  const intl = useIntl();
  const isMember = useSelector((state) => Boolean(state.userSession.token));
  const { notice = [] } = known(content);
  if (!notice.length) return null;
  return (
    <Container>
      <p className="own-reading-notice" style={{ marginTop: "2em", fontSize: "0.9em" }}>
        {notice.map((sentence) => (
          <span key={sentence} style={{ whiteSpace: "pre-line" }}>
            {sentence}{" "}
          </span>
        ))}
        {isMember && (
          <ScreenLink url="/@@my-reading">
            {intl.formatMessage(messages.seeIt)}
          </ScreenLink>
        )}
      </p>
    </Container>
  );
};

export default Notice;
