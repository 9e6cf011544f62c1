/* The block while somebody edits the page: as its readers see it, and what can be chosen. */
import { useIntl } from "react-intl";
import BlockDataForm from "@plone/volto/components/manage/Form/BlockDataForm";
import SidebarPortal from "@plone/volto/components/manage/Sidebar/SidebarPortal";
import { readingListSchema } from "./schema";
import View from "./View";

const Edit = (props) => {
  const { block, blocksErrors, data, navRoot, contentType, onChangeBlock, selected } =
    props;
  const schema = readingListSchema({ ...props, intl: useIntl() });
  return (
    <>
      <View {...props} isEditMode />
      <SidebarPortal selected={selected}>
        <BlockDataForm
          block={block}
          schema={schema}
          title={schema.title}
          onChangeBlock={onChangeBlock}
          onChangeField={(name, value) =>
            onChangeBlock(block, { ...data, [name]: value })
          }
          formData={data}
          navRoot={navRoot}
          contentType={contentType}
          errors={blocksErrors}
        />
      </SidebarPortal>
    </>
  );
};

export default Edit;
