"""What the package says of itself: version, title, makers, licence. It imports nothing, so everything may import it."""

VERSION = "0.6.0.dev0"
"""The version; between releases it ends in ``.dev0``, and the data may differ from any release."""
RELEASED = "2026-11-26"
"""The day of the release (ISO 8601); between releases, the day on which work on the next one began."""
TITLE = "asean-cyber: what ASEAN and its forums said and did about cybercrime and cybersecurity"
DESCRIPTION = (
    "What ASEAN and its forums said and did about cybercrime and cybersecurity: meetings, statements and instruments, "
    "each with its date, topics, a summary in words of our own, and the sources it rests on."
)
MAINTAINERS = "The asean-cyber maintainers"
KEYWORDS = ("ASEAN", "cybercrime", "cybersecurity", "international relations")
LICENCE = "CC-BY-4.0"
"""The licence of the data (SPDX)."""
LICENCE_NAME = "Creative Commons Attribution 4.0 International"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"
CODE_LICENCE = "MIT"
PUBLISHER = MAINTAINERS
RESOURCE_TYPE = "Dataset"
"""What it is, in the words of DataCite."""
PACKAGE_URL = f"pkg:pypi/asean-cyber@{VERSION}"
"""What package it is, and in which version (https://github.com/package-url/purl-spec)."""
NAMESPACE = "urn:asean-cyber:"
"""What comes before an id to make it an IRI. It names; it leads nowhere on the web."""
ADDRESS: str | None = None
"""The address of the project on the web, where its repository is; None until it has one."""
INDEXED = False
"""Whether the package index has it, so that ``pip install asean-cyber`` finds it; until then it is installed from a clone."""
DOI: str | None = None
"""Its digital object identifier; None until one is registered."""
IS_RELEASE = ".dev" not in VERSION
"""Whether the version is one that was, or is about to be, released, so that it stands for one state of the data."""
