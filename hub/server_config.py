"""JupyterLab's settings on a learner's server: no question about news, nothing to install."""

c = get_config()  # noqa: F821 - Jupyter puts this name here


def without_announcements(handler, page_config):
    """Leave out the plug-in that asks about news over the first lesson and looks for updates."""
    page_config["disabledExtensions"].append("@jupyterlab/apputils-extension:announcements")
    return page_config


c.ServerApp.tornado_settings = {"page_config_hook": without_announcements}
c.ServerApp.allow_root = True  # containers, and trying as root
c.LabApp.extension_manager = "readonly"
