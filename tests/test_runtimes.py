"""What is promised of threads, forks, sub-interpreters and builds without the global lock.

Everything is immutable but the caches, each of which is filled once with what anybody else would have filled it with. So threads may
share anything; a fork may happen at any time (tests/test_dataset.py); and an interpreter of its own reads the data for itself.
"""

from __future__ import annotations

import subprocess
import sys
import sysconfig

import pytest

ASK = "import asean_cyber as ac; assert ac.meetings(body='AMMTC', year=2011).ids == ('ammtc-8',)"


def run(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_several_interpreters_in_one_process() -> None:
    """Those that share a lock and, from Python 3.12 on, those that have one each."""
    code = f"""
try:
    import _interpreters as interpreters  # 3.13 and newer
except ModuleNotFoundError:
    import _xxsubinterpreters as interpreters
{ASK}
for _ in range(2):
    one = interpreters.create()
    failed = interpreters.run_string(one, {ASK!r})
    assert failed is None, failed
    interpreters.destroy(one)
print("done")
"""
    assert run(code) == "done"


@pytest.mark.skipif(not sysconfig.get_config_var("Py_GIL_DISABLED"), reason="this build of Python has the global lock")
def test_without_the_global_lock_it_stays_off() -> None:
    assert run(f"import sys\n{ASK}\nprint(sys._is_gil_enabled())") == "False"
