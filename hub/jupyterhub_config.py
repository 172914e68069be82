"""JupyterHub's settings for a class: `make hub`, or any JupyterHub that loads this file.

`make hub` sets MICROGRAD_HUB=try: any name may come in, with the password below, and only from
this machine. Without it the settings are for real use: learners log in by AUTHENTICATOR, which
reads the rest from its own variables (hub/README.md). On a TLJH server, which loads this file
after its own settings, authenticator, memory and culling stay as `tljh-config` has set them.
"""

import itertools
import os
import socket
import sys
from pathlib import Path

c = get_config()  # noqa: F821 - JupyterHub puts this name here

HERE = Path(__file__).resolve().parent
TRYING = os.environ.get("MICROGRAD_HUB") == "try"
ON_TLJH = "tljh" in sys.modules

# Who comes in. "generic-oauth" is any OpenID Connect login, as a school has it; "github" and
# "google" work likewise; "pam" takes the accounts of this machine.
AUTHENTICATOR = os.environ.get("MICROGRAD_HUB_AUTHENTICATOR", "generic-oauth")
PASSWORD = "nudge"  # for trying only


def names(variable):
    """The names in a variable, with commas between them."""
    found = os.environ.get(variable, "").split(",")
    return {name.strip() for name in found if name.strip()}


if TRYING:
    c.JupyterHub.authenticator_class = "dummy"
    c.DummyAuthenticator.password = PASSWORD
    c.Authenticator.allow_all = True
elif not ON_TLJH:
    c.JupyterHub.authenticator_class = AUTHENTICATOR
    c.Authenticator.allowed_users = names("MICROGRAD_HUB_LEARNERS")
    c.Authenticator.admin_users = names("MICROGRAD_HUB_TEACHERS")
    c.GenericOAuthenticator.scope = ["openid", "profile"]
    c.GenericOAuthenticator.username_claim = "preferred_username"

# Thirty arrive within a minute. Each start takes five to six seconds of a processor, so on a small
# machine the last one waits for minutes: nothing may give up before. Above the limit of concurrent
# starts a learner would be sent away with a page that asks to come back: keep it above the class.
c.Spawner.start_timeout = 300
c.Spawner.http_timeout = 300
c.JupyterHub.concurrent_spawn_limit = 60
c.JupyterHub.active_server_limit = 100
c.Spawner.consecutive_failure_limit = 0  # one learner's failed starts do not stop the hub
c.JupyterHub.init_spawners_timeout = 30

# Each server gets a port that nobody else is given. JupyterHub itself asks the system for a free
# one and lets it go again until the server starts: where thirty start, another may take it.
PORTS = itertools.cycle(range(20_000, 30_000))  # below those that Linux gives to connections


def is_free(port):
    with socket.socket() as trial:
        return trial.connect_ex(("127.0.0.1", port)) != 0


def own_port(spawner):
    spawner.port = next(port for port in PORTS if is_free(port))


if not ON_TLJH:
    c.Spawner.pre_spawn_hook = own_port

# A learner's server: it pulls the lessons, then opens the first page.
STATE = Path(os.environ.get("MICROGRAD_HUB_STATE", HERE.parent / "build" / "hub"))
CONTENT = os.environ.get("MICROGRAD_HUB_CONTENT", str(STATE / "content"))
PYTHON = "/opt/tljh/user/bin/python" if ON_TLJH else sys.executable
c.Spawner.cmd = [PYTHON, str(HERE / "learner.py")]
c.Spawner.environment = {"MICROGRAD_HUB_CONTENT": CONTENT}
c.Spawner.default_url = "/lab/tree/lessons/00_start_here.ipynb"

# Memory: a server, JupyterLab, and kernels of three or four pages. learner.py keeps each process
# below it; systemd (TLJH) and Kubernetes keep the learner as a whole below it.
if not ON_TLJH:
    c.Spawner.mem_limit = "1G"
    c.Spawner.cpu_limit = 1

# Who has left: a kernel rests for half an hour on no open page, a server for an hour.
IDLE = 3600
CULLER = [sys.executable, "-m", "jupyterhub_idle_culler", f"--timeout={IDLE}", "--cull-every=300"]
if not ON_TLJH:
    c.JupyterHub.services = [{"name": "idle-culler", "command": CULLER}]
    c.JupyterHub.load_roles = [
        {
            "name": "idle-culler",
            "scopes": ["list:users", "read:users:activity", "read:servers", "delete:servers"],
            "services": ["idle-culler"],
        }
    ]

# This machine. For the world outside, put a web server that speaks HTTPS before it.
if not ON_TLJH:
    STATE.mkdir(parents=True, exist_ok=True)
    c.JupyterHub.bind_url = "http://127.0.0.1:8000"
    c.JupyterHub.hub_ip = "127.0.0.1"
    c.JupyterHub.db_url = f"sqlite:///{STATE / 'hub.sqlite'}"
    c.JupyterHub.cookie_secret_file = str(STATE / "cookie_secret")
    c.ConfigurableHTTPProxy.pid_file = str(STATE / "proxy.pid")
    PROXY = HERE / "node_modules" / ".bin" / "configurable-http-proxy"
    if PROXY.exists():
        c.ConfigurableHTTPProxy.command = [str(PROXY)]

# For trying, all learners are one account of this machine, each with a folder of their own.
if TRYING:
    c.JupyterHub.spawner_class = "simple"
    c.SimpleLocalProcessSpawner.home_dir_template = str(STATE / "learners" / "{username}")
