"""Runs our modules in a process with its own environment."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

from tools.rig.servers import ROOT, Broken

PREPARE_TIMEOUT = 1800  # seconds: 2,000 users with a year each are five million sets


def run(module: str, *arguments: str, environment: Mapping[str, str], order: Any = None) -> Any:
    """The answer of a module to an order, both JSON. Raises Broken with the end of its errors."""
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(
        command,
        input=json.dumps(order),
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=environment,
        timeout=PREPARE_TIMEOUT,
        check=False,
    )
    if done.returncode:
        raise Broken(done.stderr.strip().rpartition("\n")[2])
    return json.loads(done.stdout)


def environment(**settings: Any) -> dict[str, str]:
    """The environment without the developer's settings."""
    return {"PATH": os.environ["PATH"], **{name: str(value) for name, value in settings.items()}}
