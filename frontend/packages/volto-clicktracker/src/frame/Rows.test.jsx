import { fireEvent, screen, waitFor } from "@testing-library/react";
import { formWith, textField } from "../testing/screens";
import { showing } from "../testing/showing";
import Rows from "./Rows";

describe("Rows", () => {
  it("have the focus where one of them is ended, and goes with its button", async () => {
    const row = {
      "@id": "http://localhost:3000/board/@exceptions/17",
      name: "Bob Berger",
      said: [],
    };
    const onDone = vi.fn();
    const { sent } = showing(
      <Rows
        title="Who is excused"
        rows={[row]}
        nameOf={({ name }) => name}
        form={formWith("End this", "End it", [textField("reason", "Reason")])}
        onDone={onDone}
      />,
    );
    fireEvent.click(screen.getByRole("button", { name: "End it Bob Berger" }));
    await waitFor(() => expect(onDone).toHaveBeenCalledOnce());
    expect(sent[0]).toMatchObject({ op: "del", path: "/board/@exceptions/17" });
    expect(screen.getByRole("region", { name: "Who is excused" })).toHaveFocus();
  });
});
