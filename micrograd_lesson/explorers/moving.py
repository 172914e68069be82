"""What all pictures that move share: layers, words, and one `update`.

A picture knows how to draw a state and how to say it in words. It computes nothing of its
subject: the state that `update` takes holds every number that is drawn.
"""

from abc import ABC, abstractmethod

READABLE = 680  # pixels: a picture of full width is not shown narrower, or its text gets too small


class MovingPicture(ABC):
    """A picture that an explorer moves.

    Attributes:
        width: its width in pixels, where there is room for it.
        alt: the picture in words, as `update` left it.
        middle_is_new: set where an `update` changes the middle layer; whoever draws that layer
            takes it back.
    """

    width = 0
    alt = ""
    middle_is_new = False
    _in_middle = None

    @property
    def least(self):
        """The smallest width in pixels at which its text can be read."""
        return min(READABLE, self.width)

    def shows(self, what):
        """Whether the middle layer shows this already. If not, it is new: draw it, and it does.

        what: all that the layer depends on, in one value that == compares.
        """
        if what == self._in_middle:
            return True
        self._in_middle = what
        self.middle_is_new = True
        return False

    @abstractmethod
    def update(self, state):
        """Move what moves to this state, and say it in `alt`."""

    @abstractmethod
    def svg(self, layer):
        """One layer, "still", "middle" or "moving", as SVG; its colours are CSS variables."""

    @abstractmethod
    def _repr_mimebundle_(self, **options):
        """The whole picture, still, for where no explorer can be shown."""
