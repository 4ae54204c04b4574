"""Settings as a fresh process reads them from its environment."""

import json
import os
import subprocess
import sys
from functools import partial

from tests.conftest import ROOT

SHOW = """
import json
import django
from django.conf import settings
django.setup()
print(json.dumps({name: getattr(settings, name) for name in dir(settings) if name.isupper()}, default=str))
"""


def ask(question, data, **environment):
    """What a process prints that runs the script `question`, with nothing else in its environment."""
    own = {"DJANGO_SETTINGS_MODULE": "footcare.settings", "DATA_DIR": str(data)}
    clean = {"PATH": os.environ["PATH"], **own, **environment}
    return json.loads(subprocess.check_output([sys.executable, "-c", question], cwd=ROOT, env=clean, text=True))


ask_settings = partial(ask, SHOW)
