"""The checks behind the exercise cells: `check("01.1", answer)`; `my_map()` shows what is done.

A check tries your answer at several points, and where it is wrong it says what it
saw, what it expected, and which natural mistake gives just that. The checks of each
lesson are in a file of their own, in the order of the lesson.
"""

import pkgutil
from importlib import import_module

from ._check import Verdict, check
from ._map import my_map

__all__ = ["Verdict", "check", "my_map"]

for _module in pkgutil.iter_modules(__path__):  # each lesson_NN registers its own checks
    try:
        import_module(f"{__name__}.{_module.name}")
    except ModuleNotFoundError as problem:
        if problem.name != "numpy":  # without it, lessons on single numbers are still checked
            raise
