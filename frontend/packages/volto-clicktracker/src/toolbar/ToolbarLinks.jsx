/* Plone's own actions, which know who may do what. */
import { useSelector } from "react-redux";
import { Plug } from "@plone/volto/components/manage/Pluggable";
import Icon from "@plone/volto/components/theme/Icon/Icon";
import rightArrowSVG from "@plone/volto/icons/right-key.svg";
import ScreenLink from "../frame/ScreenLink";

const OF_CONTENT = ["tracking", "who-read-this"];

const OF_USER = [
  "clicktracker-dashboard",
  "clicktracker-live",
  "clicktracker-visitors-report",
  "clicktracker-purpose",
  "my-reading-list",
  "my-deadlines",
  "my-reading",
];

const OurActions = ({ pluggable, ids, actions = [] }) =>
  actions
    .filter(({ id }) => ids.includes(id))
    .map(({ id, title, url }) => (
      <Plug key={id} pluggable={pluggable} id={id} dependencies={[title, url]}>
        <li>
          <ScreenLink url={url}>
            {title}
            <Icon name={rightArrowSVG} size="24px" />
          </ScreenLink>
        </li>
      </Plug>
    ));

const ToolbarLinks = () => {
  const actions = useSelector((state) => state.actions.actions);
  return (
    <>
      <OurActions
        pluggable="toolbar-more-manage-content"
        ids={OF_CONTENT}
        actions={actions.object}
      />
      <OurActions pluggable="toolbar-user-menu" ids={OF_USER} actions={actions.user} />
    </>
  );
};

export default ToolbarLinks;
