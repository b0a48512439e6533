"""Points MLflow's own test files at this server: a plugin of pytest (`-p mlflow_suite`).

Their fixtures start a server of MLflow in a thread or process; here they start ours instead, one
with an empty registry for each. What they would do to the stores behind their server is left out.
The tests themselves run as they are. Those of MLflow's store of files are left out, because they
are the same as those of its database.
"""

import contextlib
import json
import os
import subprocess
import tempfile

import mlflow

NODE = os.environ["GNU_MLOPS_NODE"]
SERVE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "serve.ts")


class OurServer:
    """A server with an empty registry, in a process of its own."""

    def __init__(self, port=0):
        self.folder = tempfile.TemporaryDirectory()
        database = os.path.join(self.folder.name, "registry.db")
        self.process = subprocess.Popen(
            [NODE, "--conditions=@gnu-mlops/source", SERVE, database, str(port)],
            stdout=subprocess.PIPE,
            text=True,
        )
        self.url = f"http://127.0.0.1:{int(self.process.stdout.readline())}"

    def __enter__(self):
        # Their server, being in the same process, makes its store the one that is used by default.
        mlflow.set_tracking_uri(self.url)
        return self.url

    def __exit__(self, *_error):
        self.kill()

    def kill(self):
        self.process.terminate()
        self.process.wait(timeout=30)
        with contextlib.suppress(OSError):
            self.folder.cleanup()


REPLACEMENTS = {
    "ServerThread": lambda _app, _port: OurServer(),
    "_init_server": lambda *_args, **_kwargs: OurServer(),
    "_launch_server": lambda _host, port, *_stores: OurServer(port),
    "initialize_backend_stores": lambda *_args, **_kwargs: None,
}


def pytest_collection_modifyitems(config, items):
    for module in {item.module for item in items}:
        for name, replacement in REPLACEMENTS.items():
            if hasattr(module, name):
                setattr(module, name, replacement)
    of_files = [item for item in items if "file" in parameters(item).values()]
    config.hook.pytest_deselected(items=of_files)
    items[:] = [item for item in items if item not in of_files]


def parameters(item):
    return item.callspec.params if hasattr(item, "callspec") else {}


def pytest_terminal_summary(terminalreporter):
    """Write how every test ended to the file that GNU_MLOPS_SUITE_REPORT names."""
    report = {
        outcome: sorted(
            {
                each.nodeid
                for each in terminalreporter.stats.get(outcome, [])
                if hasattr(each, "nodeid")
            }
        )
        for outcome in ("passed", "failed", "error", "xfailed", "xpassed", "skipped")
    }
    with open(os.environ["GNU_MLOPS_SUITE_REPORT"], "w", encoding="utf-8") as file:
        json.dump(report, file)
