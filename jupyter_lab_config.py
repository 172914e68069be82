"""JupyterLab's settings for these lessons.

`make lab` hands this file to JupyterLab (`jupyter lab --config=jupyter_lab_config.py`): Jupyter no
longer looks for settings in the current folder. Options on the command line win over these.
"""

import os
import sys

from micrograd_lesson import own_copy

c = get_config()  # noqa: F821 - Jupyter puts this name here


def without_announcements(handler, page_config):
    """Leave out the plug-in that asks about news over the first lesson and looks for updates."""
    page_config["disabledExtensions"].append("@jupyterlab/apputils-extension:announcements")
    return page_config


# JupyterLab has no plain option for this: in 4.6, `LabApp.news_url = None` still shows it.
c.ServerApp.tornado_settings = {"page_config_hook": without_announcements}

HERE = os.path.dirname(os.path.abspath(__file__))

# The learner works in my_lessons/, a copy that an update leaves alone where it was changed.
first_page, sentences = own_copy.start(HERE)
for sentence in sentences:
    print(sentence, file=sys.stderr)
sentences.clear()  # this file is read more than once

# Open on the first page of the course, unless a notebook is named on the command line. The file
# browser shows the folder of the open notebook, so the other lessons are listed beside it.
if not any(argument.endswith(".ipynb") for argument in sys.argv):
    c.LabApp.default_url = f"/lab/tree/{first_page}"

# Checks keep their verdicts in a file there, for the map on the first page.
os.environ.setdefault("MICROGRAD_LESSON_FOLDER", os.path.join(HERE, own_copy.FOLDER))

# Explorers keep their last picture in the notebook, so that it is there again the next day.
# JupyterLab looks for such settings in labconfig/ of the folders named here.
CONFIG_PATH = os.environ.get("JUPYTER_CONFIG_PATH")
os.environ["JUPYTER_CONFIG_PATH"] = os.pathsep.join(filter(None, [HERE, CONFIG_PATH]))

# Answer on this machine only, whatever a user's own settings say. The token stays on.
c.ServerApp.ip = "127.0.0.1"

# Containers run as root, and there Jupyter would refuse to start.
c.ServerApp.allow_root = True

# The lessons need no extensions: list what is installed, ask no package index.
c.LabApp.extension_manager = "readonly"
