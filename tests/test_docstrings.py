"""The examples in the docstrings are true."""

import doctest
import pkgutil
from importlib import import_module

import pytest

import asean_cyber

# The hook for PyInstaller is run by that program, and only there.
ELSEWHERE = ("__main__", "hook-asean_cyber")
MODULES = ["asean_cyber", *(each.name for each in pkgutil.walk_packages(asean_cyber.__path__, "asean_cyber.") if not each.name.endswith(ELSEWHERE))]


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings(name: str) -> None:
    result = doctest.testmod(import_module(name), optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    assert result.failed == 0
