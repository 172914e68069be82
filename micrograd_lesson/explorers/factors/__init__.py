"""One weight's gradient is a product of three factors; a hidden weight's first factor is a sum."""

from .explorer import FactorsExplorer
from .factors import Factors, Way, find_factors
from .picture import FactorsPicture

__all__ = ["Factors", "FactorsExplorer", "FactorsPicture", "Way", "find_factors"]
