"""JupyterLab's settings on a learner's server; those of its page lie in labconfig/ beside it."""

c = get_config()  # noqa: F821 - Jupyter puts this name here

c.ServerApp.allow_root = True  # containers, and trying as root
c.LabApp.extension_manager = "readonly"  # the lessons need none: ask no package index
