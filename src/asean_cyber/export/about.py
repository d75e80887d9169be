"""What a dataset says of itself in every format: title, version, licence, creators; and the IRIs of its items."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from .. import __release_date__, __version__
from ..citing import AUTHOR, LICENCE, TITLE, cite
from ..packaged import is_packaged

if TYPE_CHECKING:
    from ..datasets import Dataset

NAMESPACE = "urn:asean-cyber:"
"""What comes before an id to make it an IRI. It names; it leads nowhere on the web."""


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
        description="What ASEAN and its forums said and did about cybercrime and cybersecurity: meetings, statements and instruments, "
        "each with its date, topics, a summary in words of our own, and the sources it rests on.",
        version=__version__,
        released=__release_date__,
        licence=Licence(LICENCE, "Creative Commons Attribution 4.0 International", "https://creativecommons.org/licenses/by/4.0/"),
        creators=(AUTHOR,),
        keywords=("ASEAN", "cybercrime", "cybersecurity", "international relations"),
        citation=cite(),
    )


_RESERVED = ("dataset", "participant", "source", "topic", "vocabulary")


def iri(id: str, sort: str = "") -> str:
    """The IRI of a record or body, or, with `sort`, of a ``topic``, ``source``, ``participant`` or ``vocabulary`` term.

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
