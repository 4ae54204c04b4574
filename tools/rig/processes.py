"""Modules of ours that run in a process and an environment of their own."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

from tools.rig.servers import ROOT, Broken

PREPARE_TIMEOUT = 1800  # seconds: 2,000 users with a year each are five million sets


def run(module: str, *arguments: str, environment: Mapping[str, str], order: Any = None) -> Any:
    """What a module of ours answers to an order, both as JSON. Raises Broken with its last words."""
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
    """Nothing of a developer's own settings."""
    return {"PATH": os.environ["PATH"], **{name: str(value) for name, value in settings.items()}}
