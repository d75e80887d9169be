"""Every row of the page that the dataset started from is found by the query a reader would try first."""

import pytest

import asean_cyber as ac

PAGE = "cybercrimelaw-asean"

QUOTATIONS = {
    "aseanapol-29/8.7.1": "To continue to encourage the member countries to review the need for a baseline set of law on cyber crime and to provide for the enactment of such laws, where necessary.",
    "ammtc-plus-three-3/5": "We held a retreat to exchange views on strengthening ASEAN+3 cooperation in combating transnational crime focusing on the emerging challenges of cyber-crime and its strong linkages to other transnational crime for example terrorism and trafficking-in persons.",
    "asean-china-plan-of-action-2004/2.5.7": "Formulate cooperative and emergency response procedures for purposes of maintaining and enhancing cybersecurity, and preventing and combating cybercrime.",
}  # fmt: skip

ARF_2006 = [
    "Believing that an effective fight against cyberattacks and terrorist misuse of cyberspace requires increased, rapid and well functioning legal and other forms of cooperation.",
    "ARF participating states and organization endeavor to enact, if they have not yet done so, and implement cybercrime and cybersecurity laws in accordance with their national conditions and by referring to relevant international instruments and recommendations/guidelines for the prevention, detection, reduction, and mitigation of attacks to which they are party, including the ten recommendations in the UN General Assembly Resolution 55/63 on Combating the Criminal Misuse of Information Technologies.",
    "ARF participating countries and organization acknowledge the importance of a national framework for cooperation and collaboration in addressing criminal, including terrorist, misuse of cyber space and encourage the formulation of such a framework that may include…",
]  # fmt: skip


def test_the_page_is_a_source() -> None:
    page = ac.source(PAGE)
    assert (page.title, page.kind) == ("ASEAN", "secondary")
    assert "Cybercrimedata AS" in page.publisher
    assert "cybercrimelaw.net" in str(page.url)


def test_2012_somtc_on_work_plans() -> None:
    meeting = ac.meetings(body="SOMTC", year=2012).one()
    statement = ac.statements(meeting=meeting).one()
    assert {"cybercrime"} <= set(statement.topics)
    assert "work plans" in statement.summary or "work plan" in statement.summary


def test_2011_eighth_ammtc_in_bali() -> None:
    meeting = ac.meetings(body="AMMTC", year=2011).one()
    assert (meeting.ordinal, str(meeting.date)) == (8, "2011-10-10/2011-10-11")
    assert meeting.place == ac.Place("ID", "Bali")
    assert any("cybercrime" in statement.topics for statement in ac.statements(meeting=meeting))


def test_2011_aseanapol_in_vientiane_on_the_interpol_complex() -> None:
    meeting = ac.meetings(body="ASEANAPOL", year=2011).one()
    assert (meeting.ordinal, meeting.place) == (31, ac.Place("LA", "Vientiane"))
    assert meeting.date.match(ac.EDTF("2011-05-30").start, ac.EDTF("2011-06-03").end)
    assert ac.statements(meeting=meeting, text="INTERPOL Singapore")


def test_2009_aseanapol_in_hanoi_and_its_resolution() -> None:
    meeting = ac.meetings(body="ASEANAPOL", year=2009).one()
    assert (meeting.ordinal, meeting.place) == (29, ac.Place("VN", "Hanoi"))
    assert "aseanapol-29/8.7.1" in ac.statements(meeting=meeting, topic="legal-harmonisation").ids


def test_2009_telmin_in_vientiane() -> None:
    meeting = ac.meetings(body="TELMIN", year=2009).one()
    assert (meeting.ordinal, meeting.place) == (9, ac.Place("LA", "Vientiane"))
    assert str(meeting.date).startswith("2009-10")


def test_2009_meetings_are_all_there() -> None:
    assert {"aseanapol-29", "telmin-9", "ammtc-7", "ammtc-plus-three-4"} <= set(ac.meetings(year=2009).ids)


def test_2009_seventh_ammtc_welcomes_the_revised_mou() -> None:
    meeting = ac.meetings(body="AMMTC", year=2009).one()
    assert (str(meeting.date), meeting.place) == ("2009-11-17", ac.Place("KH", "Siem Reap"))
    assert ac.statements(meeting=meeting)
    revised, original = ac.get("asean-china-mou-nts-2009"), ac.get("asean-china-mou-nts-2004")
    assert ("supersedes", original.id) in {(relation.kind, relation.target) for relation in revised.relations}


def test_2008_aseanapol_in_brunei() -> None:
    meeting = ac.meetings(body="ASEANAPOL", year=2008).one()
    assert meeting.ordinal == 28
    assert meeting.place is not None
    assert meeting.place.country == "BN"
    assert str(meeting.date).startswith("2008-05")
    assert ac.statements(meeting=meeting, topic="cybercrime")


def test_2007_ammtc_with_china_on_the_mou() -> None:
    meeting = ac.meetings(body="AMMTC+China", year=2007).one()
    assert meeting.place is not None
    assert meeting.place.country == "BN"
    assert ac.statements(meeting=meeting, text="memorandum") or ac.statements(meeting=meeting, text="MoU")


def test_2007_ammtc_plus_three_and_its_retreat() -> None:
    meeting = ac.meetings(body="AMMTC+3", year=2007).one()
    assert (meeting.ordinal, str(meeting.date), meeting.place) == (3, "2007-11-07", ac.Place("BN", "Bandar Seri Begawan"))
    assert ac.statements(meeting=meeting, text="retreat").one().locator == "para 5"


def test_2004_fourth_ammtc_in_bangkok() -> None:
    meeting = ac.meetings(body="AMMTC", since=2004, until="2004-12").one()
    assert (meeting.ordinal, str(meeting.date), meeting.place) == (4, "2004-01-08", ac.Place("TH", "Bangkok"))
    assert ac.statements(meeting=meeting, text="cyber")


def test_2003_and_2004_asean_china_partnership() -> None:
    declaration, plan = ac.get("asean-china-joint-declaration-2003"), ac.get("asean-china-plan-of-action-2004")
    assert (str(declaration.date), str(plan.date)) == ("2003-10-08", "2004-11-29")
    assert [(relation.kind, relation.target) for relation in plan.relations if relation.kind == "implements"] == [("implements", declaration.id)]
    # The page dates the plan as the declaration; both claims are kept.
    (claim,) = [other for other in plan.discrepancies if other.citation.source == PAGE]
    assert (claim.field, claim.value) == ("date", "2003-10-08")


def test_2006_arf_statement_paragraph_by_paragraph() -> None:
    meeting = ac.meetings(body="ARF", year=2006).one()
    assert meeting.place is not None
    assert (meeting.ordinal, meeting.place.country) == (13, "MY")
    quoted = [statement.quotation.text for statement in ac.statements(body="ARF", year=2006) if statement.quotation]
    assert sorted(quoted) == sorted(ARF_2006)
    assert ac.get("unga-res-55-63") in ac.related(ac.statements(body="ARF", text="55/63 laws").filter(year=2006).one())


@pytest.mark.parametrize("name", QUOTATIONS)
def test_quotations_are_word_for_word(name: str) -> None:
    statement = ac.get(name)
    assert isinstance(statement, ac.Statement)
    assert statement.quotation is not None
    assert statement.quotation.text == QUOTATIONS[name]
    assert PAGE in {citation.source for citation in statement.citations}


def test_instruments_with_china() -> None:
    assert {
        "asean-china-mou-nts-2004",
        "asean-china-mou-nts-2009",
        "asean-china-joint-declaration-2003",
        "asean-china-plan-of-action-2004",
    } <= set(ac.instruments(party="CN").ids)


def test_every_row_cites_the_page() -> None:
    rows = [record for record in ac.records() if PAGE in {citation.source for citation in record.citations}]
    assert {"ammtc-8", "aseanapol-31", "aseanapol-29", "telmin-9", "ammtc-7", "aseanapol-28", "ammtc-plus-three-3", "ammtc-4", "arf-13"} <= {
        row.id for row in rows
    }
