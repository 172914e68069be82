"""A class: JupyterHub's settings, the learners' copy of the lessons, assignments for nbgrader."""
