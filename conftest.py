"""The examples in README.md and docs/ are tests: ``pycon`` blocks are doctests, ``python`` blocks are run."""

import os
from doctest import ELLIPSIS, NORMALIZE_WHITESPACE

import pytest
from hypothesis import HealthCheck, settings
from sybil import Sybil
from sybil.parsers.markdown import PythonCodeBlockParser, SkipParser
from sybil.parsers.rest import DocTestParser

# No test is a matter of time, and those that decide whether a change lands draw the same examples each time.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize="CI" in os.environ)
settings.load_profile("patient")


@pytest.fixture(scope="module")
def in_empty_folder(tmp_path_factory: pytest.TempPathFactory):
    """Examples write their files into a folder of their own, and see a terminal of a fixed width."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("example"))
        patch.setenv("COLUMNS", "100")
        yield


pytest_collect_file = Sybil(
    parsers=[DocTestParser(optionflags=ELLIPSIS | NORMALIZE_WHITESPACE), PythonCodeBlockParser(), SkipParser()],
    patterns=["*.md"],
    setup=lambda namespace: namespace.update(__name__="example"),  # classes look for the name of their module
    fixtures=["in_empty_folder"],
).pytest()
