"""A matrix product: each entry of the result is a row times a column."""

from .explorer import MatrixProductExplorer
from .picture import MatrixProductPicture
from .product import MatrixProduct, multiply

__all__ = ["MatrixProduct", "MatrixProductExplorer", "MatrixProductPicture", "multiply"]
