"""MatrixProductExplorer: choose an entry of a matrix product, see its row and its column."""

import ipywidgets as widgets
from traitlets import Int, validate

from ...words import number, sum_of_products
from ..base import Explorer
from ..controls import refuse_outside
from .picture import MatrixProductPicture, written_sum
from .product import multiply

X = ((1, 2), (3, -1), (0, 4))
W = ((2, -1, 1, 3), (1, 5, -2, 0))


class MatrixProductExplorer(Explorer):
    """The product X @ W of two matrices, and the row and the column behind each of its entries.

    Choose an entry of the result by the sliders, or click on it.

    Args:
        x, w: arrays or lists of shapes (rows, inner) and (inner, columns), each of at most 12 rows
            and 6 columns.
        row, column: the entry of the result to start with, counted from 0.

    Attributes:
        row, column: settable. x, w: the two matrices, as arrays.

    Raises:
        TypeError: x or w holds anything but real numbers in a regular shape.
        ValueError: their shapes do not fit, or are too large to be drawn.
    """

    row = Int(0)
    column = Int(0)

    def __init__(self, x=X, w=W, row=0, column=0):
        product = multiply(x, w)
        self.x = product.x
        self.w = product.w
        self._most = {"row": len(product.x) - 1, "column": product.w.shape[1] - 1}
        picture = MatrixProductPicture(product)
        self.row = row
        self.column = column
        # Where there is one row or one column alone, there is nothing to choose.
        chosen = {name: most for name, most in self._most.items() if most}
        self.on_page = {name: range(most + 1) for name, most in chosen.items()}
        rows = [
            self.slider(name, 0, most, 1, name, kind=widgets.IntSlider)
            for name, most in chosen.items()
        ]
        super().__init__(picture, *rows)
        self.view.on_click(self._clicked)

    @validate("row", "column")
    def _within(self, proposal):
        refuse_outside(proposal.trait.name, proposal.value, 0, self._most[proposal.trait.name])
        return proposal.value

    def _clicked(self, across, down):
        place = self.picture.locate(across, down)
        if place is not None:
            with self.hold_trait_notifications():
                self.row, self.column = place

    def draw(self):
        product = multiply(self.x, self.w, self.row, self.column)
        self.picture.update(product)
        entry = f'<b class="ml-data">{number(product.entry)}</b>'
        added = sum_of_products([(term,) for term in product.products], product.entry)
        lines = [
            f"Row {self.row} of X: {_listed(a for a, _ in product.pairs)}; "
            f"column {self.column} of W: {_listed(b for _, b in product.pairs)}",
            f"{product.name} = {written_sum(product)} = {added} = {entry}",
            _shapes_line(product),
        ]
        return "<br>".join(lines)


def _listed(numbers):
    return f'<b class="ml-moved">{", ".join(map(number, numbers))}</b>'


def _shapes_line(product):
    rows, inner = product.x.shape
    columns = product.w.shape[1]
    return (
        f'Shapes: ({rows}, <b class="ml-operation">{inner}</b>) @ '
        f'(<b class="ml-operation">{inner}</b>, {columns}) → ({rows}, {columns})'
    )
