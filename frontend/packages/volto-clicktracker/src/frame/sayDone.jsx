/* Says what was done, as Volto does. */
import { toast } from "react-toastify";
import Toast from "@plone/volto/components/manage/Toast/Toast";

export const sayDone = (message) => toast.success(<Toast success content={message} />);
