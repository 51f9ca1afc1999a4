"""The bureau's report: what is counted, that small figures are hidden, the list behind each, the file, and the number of queries."""
import io
import zipfile
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import filings
from tests.remote_care.walking import browser
from tests.town import JAN_5, make_person
from xinyijian.audit.models import Event
from xinyijian.casework.report import charts, counting, sheets, xlsx
from xinyijian.casework.report.columns import COLUMNS, Column, add
from xinyijian.casework.report.hiding import hidden, shown
from xinyijian.casework.workflow import act

DAY = timedelta(days=1)
KIND, JANUARY = "remote_care.Filing", date(2026, 1, 1)
YEAR = "?from=2026-01&to=2026-12"


def sent(town, serial, papers=filings.FULL):
    return filings.submitted(town, at=JAN_5, person=make_person(serial=serial), by=town.counter, papers=papers)


@pytest.fixture
def year(town):
    """Five filings: accepted in time, accepted late (both without a number so far), refused, undecided, and in force with a gap."""
    act(sent(town, 700).accept, by=town.clerk, at=JAN_5 + DAY)
    act(sent(town, 701).accept, by=town.clerk, at=JAN_5 + 30 * DAY)
    act(sent(town, 702).refuse, by=town.clerk, at=JAN_5 + DAY, reasons=["illegible"], because="x")
    sent(town, 703)
    filings.in_force(town, at=JAN_5)
    return town


def figures(user, at=JAN_5 + 40 * DAY):
    return counting.figures_of(user, at, counting.span_of(user, at, JANUARY, date(2027, 1, 1)))


def test_each_column_counts_what_it_says(year):
    found = figures(year.officer)
    assert found.totals() == {"received": 5, "in_time": 3, "late": 1, "overdue": 3, "refused": 1, "gaps": 1}
    assert found.cells["late"] == {(KIND, "439901", date(2026, 2, 1)): 1} and found.reasons == [(KIND, "illegible", 1)]
    assert figures(year.elsewhere).totals()["received"] == 0
    rows = counting.rows("late", JAN_5 + 40 * DAY, counting.span_of(year.officer, JAN_5, JANUARY, date(2027, 1, 1)), kind=KIND)
    assert len(rows) == 1 and rows[0].status == "accepted"


def test_the_number_of_queries_does_not_grow(year):
    def queries():
        with CaptureQueriesContext(connection) as seen:
            figures(year.officer)
        return len(seen)

    few = (queries(), queries())[1]
    sent(year, 710), filings.in_force(year, at=JAN_5, place_id="310100")
    assert queries() == few <= len(COLUMNS) + 4


def test_small_figures_are_hidden_and_none_can_be_had_by_subtracting():
    assert hidden({"a": 3, "b": 40, "c": 90, "d": 0}, 5) == {"a", "b"}
    assert hidden({"a": 3, "b": 4, "c": 90}, 5) == {"a", "b"} and hidden({"a": 7, "b": 0}, 5) == set() and hidden({"a": 3}, 5) == {"a"}
    assert hidden({"a": 1, "b": 1, "c": 40, "d": 90}, 5) == hidden({"a": 4, "b": 4, "c": 40, "d": 90}, 5) == {"a", "b", "c"}
    assert hidden({"a": 1, "b": 5, "c": 9}, 5) == {"a", "b", "c"}, "six of one below five and one that is not can only be one and five"
    assert (shown(3, 5, True), shown(40, 5, True), shown(40, 5, False)) == ("<5", "–", "40")


def test_a_service_adds_its_own_figure():
    with pytest.raises(ValueError, match="twice"):
        add(Column("received", "x", list, when="at"))


def test_officers_see_it_with_the_list_behind_a_figure_and_others_do_not(year):
    client = browser(year.officer, "en")
    page = client.get(f"/desk/report/{YEAR}&figure=received&kind={KIND}&month=2026-01").content.decode()
    assert "&lt;5" in page and "RC439901-" in page and "<svg" in page
    assert client.get("/desk/report/?figure=nothing").status_code == client.get("/desk/report/?figure=late&kind=x").status_code == 404
    assert client.get("/desk/report/?from=nonsense&to=2020-13").status_code == 200
    assert {browser(user).get("/desk/report/").status_code for user in (year.clerk, year.lan, year.hospital_a)} == {404}


def test_the_file_wants_a_reason_is_on_record_and_hides_what_the_page_hides(year):
    client = browser(year.officer, "en")
    assert client.post(f"/desk/report/{YEAR}", {"because": ""}).status_code == 422
    answer = client.post(f"/desk/report/{YEAR}", {"because": "for the county government"})
    assert answer["Content-Type"] == xlsx.MIME
    assert Event.objects.get(kind="casework.Report", verb="export").data["because"] == "for the county government"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as file:
        table = file.read("xl/worksheets/sheet1.xml").decode()
    assert "Received" in table and "&lt;5" in table and browser(year.clerk).post("/desk/report/", {"because": "x" * 9}).status_code == 404


def test_the_workbook_holds_texts_and_numbers_and_never_a_formula():
    file = xlsx.workbook([("a/b", [["name", 1], ["=1+1", "<&>"]])])
    assert file == xlsx.workbook([("a/b", [["name", 1], ["=1+1", "<&>"]])])
    with zipfile.ZipFile(io.BytesIO(file)) as parts:
        table = parts.read("xl/worksheets/sheet1.xml").decode()
        assert 'name="a b"' in parts.read("xl/workbook.xml").decode()
    assert "<f>" not in table and "=1+1</t>" in table and "<v>1</v>" in table and "&lt;&amp;&gt;" in table


def test_bars_are_drawn_to_scale_and_a_hidden_one_is_not():
    drawn = charts.bars(["2026-01", "2026-02"], [("received", [10, None]), ("late", [5, 20])])
    heights = {bar.words: bar.height for bar in drawn["bars"]}
    assert len(heights) == 3 and heights["2026-02 · late: 20"] == 2 * heights["2026-01 · received: 10"]
    assert sheets.reason_name(KIND, "principal_missing") and not charts.bars([], [])["any"]
