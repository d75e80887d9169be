"""What a record rests on: its sources, and the independent publishers among them."""

from __future__ import annotations

import attrs

from .. import _packaged
from .._lookup.names import fold
from .._model.records import Record, Source
from .._query.dataset import Dataset
from ..vocabulary import SourceKind


@attrs.frozen(repr=False)
class Support:
    """What a record rests on: its sources, each once, and the independent publishers among them.

    >>> import asean_cyber as ac
    >>> found = ac.support("ammtc-plus-three-3/5")
    >>> isinstance(found, ac.Support), found.official, found.corroborated == (len(found.publishers) >= 2)
    (True, True, True)
    >>> {source.id for source in found.sources} == {each.source for each in ac.get("ammtc-plus-three-3/5").citations}
    True
    """

    sources: tuple[Source, ...]
    """The sources it cites, in the order of its citations."""
    publishers: tuple[str, ...]
    """The publishers that are independent of one another: those of different names."""

    @property
    def official(self) -> bool:
        """Whether one of the sources is official."""
        return any(source.kind is SourceKind.OFFICIAL for source in self.sources)

    @property
    def corroborated(self) -> bool:
        """Whether two independent publishers stand behind it."""
        return len(self.publishers) >= 2

    def __repr__(self) -> str:
        from .._display.listing import Sources

        return f"{self}\n{Sources(self.sources)!r}"

    def _repr_html_(self) -> str:
        from .._display.listing import Sources

        return Sources(self.sources)._repr_html_()

    def __str__(self) -> str:
        return f"{'an' if self.official else 'no'} official source; published by {', '.join(self.publishers)}"


def support(record: Record | str, dataset: Dataset | None = None) -> Support:
    """What a record of the packaged dataset, or of another, rests on.

    Publishers are independent of one another when they are different organisations. The packaged
    sources name an organisation in one way, whichever of its sites was read: the sites of the ASEAN
    Secretariat are one publisher, VietnamPlus and its owner the Viet Nam News Agency are one, and a
    paper that prints an agency's report counts as the agency. So different names (case and accents
    aside) are counted. An archive that keeps a text whose own site is gone counts as its publisher.
    Sources cited only for a discrepancy do not count: they disagree.

    Raises `UnknownName` (a `LookupError`) for an id, or a source, that the dataset does not hold.

    >>> import asean_cyber as ac
    >>> ac.support("ammtc-plus-three-3/5").official
    True
    """
    data = _packaged.dataset() if dataset is None else dataset
    subject = data.get(record) if isinstance(record, str) else record
    sources = tuple(map(data.source, dict.fromkeys(citation.source for citation in subject.citations)))
    publishers: dict[str, str] = {}
    for source in sources:
        publishers.setdefault(fold(source.publisher), source.publisher)
    return Support(sources, tuple(publishers.values()))
