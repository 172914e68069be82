"""What a class has done: learners' verdict files and saved notebooks, read into one table.

    python -m micrograd_lesson.results FOLDER…

Nothing is executed. `read` finds and reads the files, `table` writes rows, `picture` draws where
the class is stuck.
"""

from .picture import stuck
from .read import Result, read
from .table import summary, write_csv

__all__ = ["Result", "read", "stuck", "summary", "write_csv"]
