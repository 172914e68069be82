"""ConvolutionExplorer: a patch moves over a digit, its weights are sliders, the map follows."""

from ipywidgets import Box, IntSlider, Layout
from traitlets import Float, Int, Unicode, validate

from ...words import number, sum_of_products
from ..base import Explorer
from ..controls import refuse_outside, refuse_unknown
from .picture import ConvolutionPicture
from .places import OWN, PLACES, READY, SIZE, checked_images, checked_weights, look, name_of

HIGHEST = 2.0  # of a weight's slider
FARTHEST = 100.0  # a weight that may be typed, or given
NAMES = [f"w{i}{j}" for i in range(SIZE) for j in range(SIZE)]
LABEL = "3.7em"
NARROWEST = "214px"  # a slider's label, and a track of 150 pixels
AS_THE_PATCH = {  # three rows of three where there is room for them, else fewer in a row
    "display": "grid",
    "grid_template_columns": f"repeat(auto-fit, minmax(max({NARROWEST}, 30%), 1fr))",
    "grid_gap": "2px 6px",
    "max_width": "900px",
}


class ConvolutionExplorer(Explorer):
    """A patch of 3 by 3 weights on a digit, and the map of its numbers at every place.

    Choose a place by the sliders, or click on the digit or on the map.

    Args:
        images: the digits to choose from, shape (n, 8, 8) or (n, 64), ink from 0 to 16 or to 1.
        weights: the patch to start with, shape (3, 3), also as a Tensor; None for `patch`.
        state: starting values of example, patch ("vertical edge", "horizontal edge", "blur",
            "your own"), row and column (of the patch's upper left square, 0 to 5).

    Attributes:
        example, patch, row, column: settable. w00 to w22: the weights, row by row, settable.
        weights: all nine as an array, settable.

    Raises:
        ValueError: images or weights have another shape, or hold something else than numbers.
        TraitError: a number is out of range, or there is no such patch.
    """

    example = Int(0)
    patch = Unicode("vertical edge")
    row = Int(2)
    column = Int(2)
    w00, w01, w02 = Float(), Float(), Float()
    w10, w11, w12 = Float(), Float(), Float()
    w20, w21, w22 = Float(), Float(), Float()
    on_page = {"patch": None, "row": PLACES, "column": PLACES}

    def __init__(self, images, weights=None, **state):
        self._images, self._full = checked_images(images)
        self._is_setting = False
        self._own = checked_weights([[0, 0, 0], [0, 1, 0], [0, 0, 0]])
        for name, value in state.items():
            self.set_trait(name, value)
        if weights is not None:
            self._own = checked_weights(weights)
            self.patch = name_of(self._own)
        self._write_weights()
        rows = self._rows()
        self.observe(self._patch_chosen, "patch")
        self.observe(self._weight_moved, NAMES)
        super().__init__(ConvolutionPicture(), *rows)
        self.view.on_click(self._clicked)

    def _rows(self):
        last = PLACES - 1
        weights = [self._weight_row(name) for name in NAMES]
        rows = [
            self.slider("row", 0, last, 1, "row", IntSlider),
            self.slider("column", 0, last, 1, "column", IntSlider),
            self.choice("patch", [*READY, OWN], "patch"),
            Box(weights, layout=Layout(**AS_THE_PATCH)),
        ]
        if len(self._images) > 1:
            most = len(self._images) - 1
            rows.append(self.slider("example", 0, most, 1, "example", IntSlider))
        return rows

    def _weight_row(self, name):
        typed = (-FARTHEST, FARTHEST)
        label = f"w[{name[1]}, {name[2]}]"
        row = self.slider(name, -HIGHEST, HIGHEST, 0.1, label, typed=typed)
        # Beside its label the slider keeps a track of 150 pixels; without room, the box goes below.
        row.slider.style.description_width = LABEL
        row.slider.layout.min_width = NARROWEST
        row.box.layout.width = "4.4em"
        return row

    @validate("patch")
    def _known(self, proposal):
        refuse_unknown("patch", proposal.value, (*READY, OWN))
        return proposal.value

    @validate("row", "column")
    def _within(self, proposal):
        refuse_outside(proposal.trait.name, proposal.value, 0, PLACES - 1)
        return proposal.value

    @validate("example")
    def _there(self, proposal):
        refuse_outside("example", proposal.value, 0, len(self._images) - 1)
        return proposal.value

    # The nine weights and the name of the patch are two views of the same numbers.

    @property
    def weights(self):
        """The nine weights, an array of shape (3, 3), a copy. Set them and the picture follows.

        Raises:
            ValueError: set to something else than numbers of this shape.
            TraitError: a weight lies beyond −100 or 100, the ends of its number box.
        """
        return READY.get(self.patch, self._own).copy()

    @weights.setter
    def weights(self, weights):
        weights = checked_weights(weights)
        for name, weight in zip(NAMES, weights.ravel().tolist()):
            refuse_outside(name, weight, -FARTHEST, FARTHEST)
        self._take(weights)

    def _take(self, weights):
        """Show this patch, under its name; the picture is drawn once."""
        name = name_of(weights)
        if name == OWN:
            self._own = weights
        self._is_setting = True
        self.patch = name
        self._write_weights()
        self._is_setting = False
        self.redraw()

    def _write_weights(self):
        for name, weight in zip(NAMES, self.weights.ravel().tolist()):
            self.set_trait(name, weight)

    def _patch_chosen(self, _change):
        if not self._is_setting:
            self._take(self.weights)

    def _weight_moved(self, change):
        if not self._is_setting:
            weights = self.weights
            weights[int(change.name[1]), int(change.name[2])] = change.new
            self._take(weights)

    def redraw(self, change=None):
        if self._is_setting:
            return
        is_drawn_already = change is not None and change.name in ("patch", *NAMES)
        if not is_drawn_already:
            super().redraw(change)

    def _clicked(self, across, down):
        place = self.picture.locate(across, down)
        if place is not None:
            with self.hold_trait_notifications():
                self.row, self.column = place

    def draw(self):
        image = self._images[self.example]
        place = look(image, self.weights, self.row, self.column, self._full)
        self.picture.update(place)
        return "<br>".join([_place_line(place), _sum_line(place)])


def _place_line(place):
    return (
        f"Row {place.row}, column {place.column}: the patch lies on rows {place.row} to "
        f"{place.row + SIZE - 1} and columns {place.column} to {place.column + SIZE - 1} "
        "of the digit."
    )


def _sum_line(place):
    pairs = zip(place.window.ravel().tolist(), place.weights.ravel().tolist())
    products = sum_of_products(list(pairs), place.entry, digits=4)
    entry = f'<b class="ml-moved">{number(place.entry)}</b>'
    return f"z[{place.row}, {place.column}] = {products} = {entry}"
