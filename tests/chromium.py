"""Which Chromium there is."""

import os
import shutil

WITHOUT_WINDOWS, WITH_WINDOWS = "chromium-headless-shell", "chromium"


def chromium(*names: str) -> str | None:
    """Path of the first of these that is installed; CHROMIUM names another one instead."""
    named = os.environ.get("CHROMIUM")
    return next(filter(None, map(shutil.which, [named] if named else names)), None)
