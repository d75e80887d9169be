"""A pause in which Python looks for no garbage."""

from __future__ import annotations

import gc
import os


class NoCollecting:
    """While it lasts no garbage is looked for: all that is read stays. A fork meanwhile does not pass that on."""

    paused = 0

    def __enter__(self) -> None:
        if gc.isenabled() or NoCollecting.paused:
            NoCollecting.paused += 1
            gc.disable()

    def __exit__(self, *_: object) -> None:
        if NoCollecting.paused:
            NoCollecting.paused -= 1
            if not NoCollecting.paused:
                gc.enable()

    @staticmethod
    def after_fork() -> None:
        if NoCollecting.paused:
            NoCollecting.paused = 0
            gc.enable()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=NoCollecting.after_fork)
