"""What a dataset says of itself in every format: title, version, licence, creators; and the IRIs of its items."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

import attrs

from .. import _packaged
from .._about import (
    ADDRESS,
    DESCRIPTION,
    DOI,
    KEYWORDS,
    LICENCE,
    LICENCE_NAME,
    LICENCE_URL,
    MAINTAINERS,
    NAMESPACE,
    PACKAGE_URL,
    RELEASED,
    TITLE,
    VERSION,
)
from .._cite.cite import cite
from .._files.swhid import swhid
from .._packaged import is_packaged
from .._query.dataset import Dataset


@attrs.frozen
class Licence:
    """A licence: its SPDX identifier, its name, and where it stands."""

    id: str
    name: str
    url: str


@attrs.frozen
class About:
    """What is known of a dataset as a whole: of the packaged one all of it, of another what does not have a default."""

    title: str
    description: str
    iri: str
    version: str | None = None
    released: str | None = None
    licence: Licence | None = None
    creators: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    identifiers: Mapping[str, str] = MappingProxyType({})
    """What that very version is known by, by the names of the schemes: package URL, SWHID, DOI."""
    address: str | None = None
    citation: str | None = None
    """How to cite it, in BibTeX."""


def about(dataset: Dataset) -> About:
    """What is known of a dataset as a whole.

    >>> import asean_cyber as ac
    >>> about(ac.dataset()).licence.id
    'CC-BY-4.0'
    """
    own = About(
        title="Records about ASEAN and cybercrime",
        description="Meetings, statements and instruments about cybercrime and cybersecurity, with the sources they rest on.",
        iri=f"{NAMESPACE}dataset:{dataset.fingerprint}",
    )
    if not is_packaged(dataset):
        return own
    return attrs.evolve(
        own,
        title=TITLE,
        description=DESCRIPTION,
        version=VERSION,
        released=RELEASED,
        licence=Licence(LICENCE, LICENCE_NAME, LICENCE_URL),
        creators=(MAINTAINERS,),
        keywords=KEYWORDS,
        identifiers={"package": PACKAGE_URL, "swhid": swhid(_packaged.files()), **({"doi": DOI} if DOI else {})},
        address=ADDRESS,
        citation=str(cite()),
    )


def semantic(version: str) -> str:
    """A version as Semantic Versioning writes it, which some standards ask for.

    >>> semantic("0.4.0.dev0"), semantic("0.4.0")
    ('0.4.0-dev.0', '0.4.0')
    """
    return re.sub(r"\.dev(\d+)$", r"-dev.\1", version)


_RESERVED = ("act", "band", "dataset", "participant", "source", "topic", "vocabulary")


def iri(id: str, sort: str = "") -> str:
    """The IRI of a record or body, or, with `sort`, of a ``topic``, ``source``, ``participant``, ``act``, ``band`` or ``vocabulary`` term.

    Raises `ValueError` for a record or body whose id stands in a namespace with the name of such a sort:
    its IRI would be that of another thing.

    >>> iri("aseanapol-29/8.7.1"), iri("cybercrime", "topic")
    ('urn:asean-cyber:aseanapol-29/8.7.1', 'urn:asean-cyber:topic:cybercrime')
    """
    if sort:
        return f"{NAMESPACE}{sort}:{id}"
    namespace, colon, _ = id.partition(":")
    if colon and namespace in _RESERVED:
        raise ValueError(f"{id}: the namespaces {', '.join(_RESERVED)} are taken in linked data; choose another for ids of your own")
    return NAMESPACE + id
