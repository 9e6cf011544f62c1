"""What the script may count of a reader's doings, told in another way than its own."""

from dataclasses import dataclass


#: Milliseconds, as in docs/architecture.md.
IDLE_AFTER = 60_000
TICK = 1_000
LONGEST_DELTA = 5_000


@dataclass
class View:
    """What is known of one page view.

    ``engaged`` milliseconds are sure; ``more`` may be added and ``less`` taken away
    where nobody can know it better: a computer that slept, a frame that lost the focus.
    """

    began: int
    engaged: int = 0
    more: int = 0
    less: int = 0
    depth: int = 0
    ended: bool = False
    printed: bool = False


class Reader:
    """Does the steps of ``tracker_world.js``, and notes what they amount to."""

    def __init__(self) -> None:
        self.now = 0
        self.shown = self.focused = True
        self.last_sign = 0
        self.views = [View(0)]

    @property
    def view(self) -> View:
        return self.views[-1]

    def do(self, name: str, argument: object) -> None:
        was_in_front = self.in_front
        getattr(self, f"_{name}")(argument)
        if self.in_front and not was_in_front:
            self.last_sign = self.now

    @property
    def in_front(self) -> bool:
        return self.shown and self.focused

    def _wait(self, milliseconds: int) -> int:
        """Let time pass and return how much of it the reader was there."""
        start, self.now = self.now, self.now + milliseconds
        if not self.in_front:
            return 0
        return max(0, min(self.now, self.last_sign + IDLE_AFTER) - start)

    def _pass(self, milliseconds):
        self.view.engaged += self._wait(milliseconds)

    def _suspend(self, milliseconds):
        self.view.more += min(self._wait(milliseconds), LONGEST_DELTA)

    def _hide(self, _):
        self.shown = False

    def _show(self, _):
        self.shown = True

    def _blur(self, _):
        self.focused = False

    def _focus(self, _):
        self.focused = True
        self.last_sign = self.now

    def _intoFrame(self, _):
        self._focus(_)

    def _outOfFrame(self, _):
        """Nobody is told: what passes until the next tick counts, or does not."""
        self.focused = False
        self.view.less += TICK
        self.view.more += TICK

    def _sign(self, _):
        self.last_sign = self.now

    def _print(self, _):
        self.view.printed = True

    def _see(self, percent):
        if self.shown:
            self.view.depth = max(self.view.depth, min(percent, 99))

    def _seeTheEnd(self, _):
        if self.shown:
            self.view.ended = True
            self.view.depth = 100

    def _leaveAndComeBack(self, how):
        self.now += how[0]
        self.shown = True
        self.last_sign = self.now
        self.views.append(View(self.now))

    def _close(self, _):
        self.shown = False
