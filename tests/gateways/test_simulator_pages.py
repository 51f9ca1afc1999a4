"""The simulators' pages: plain about what they are, readable on a phone, safe like the portal's."""
import pytest
import urllib3

from xinyijian.gateways import Rejected, sms


@pytest.fixture
def inbox(simulators):
    sms.send("19900000001", "第一条", key="1")
    sms.send("19900000002", "<b>第二条</b>", key="2")
    return simulators


def test_the_inbox_says_that_it_is_a_simulator(inbox):
    page = inbox.get("inbox/").data.decode()
    assert "演示系统·模拟短信" in page and 'lang="zh-hans"' in page and "width=device-width" in page
    english = inbox.get("inbox/", Cookie="language=en").data.decode()
    assert "Demo system · simulated text messages" in english and 'lang="en"' in english


def test_the_newest_message_stands_first_and_is_escaped(inbox):
    page = inbox.get("inbox/").data.decode()
    assert page.index("第二条") < page.index("第一条")
    assert "<b>第二条" not in page


def test_messages_are_found_by_the_last_digits_of_the_phone(inbox):
    page = inbox.get("inbox/?q=0002").data.decode()
    assert "第二条" in page and "第一条" not in page
    assert [message["text"] for message in inbox.messages("0001")] == ["第一条"]
    assert inbox.get("inbox/?q=%25%27--").status == 200


def test_a_button_changes_the_language(simulators):
    page = simulators.get("inbox/").data.decode()
    assert '<form method="post" action="/language/">' in page
    answer = urllib3.request("POST", simulators.url + "language/", fields={"language": "en", "next": "/inbox/"}, redirect=False)
    assert answer.headers["Location"] == "/inbox/" and "language=en" in answer.headers["Set-Cookie"]


def test_the_switches_can_be_set_from_the_page(simulators):
    urllib3.request("POST", simulators.url + "faults/", fields={"sms": "refuse", "platform": "ok"}, redirect=False)
    page = simulators.get("faults/").data.decode()
    assert 'name="sms" value="refuse" checked' in page and "演示系统" in page
    with pytest.raises(Rejected):
        sms.send("19900000001", "x", key="1")


NONSENSE = ['{"sms": "explode"}', '{"moon": "ok"}', '{"sms": {"500": 0.8, "lost": 0.8}}', "[]", "{", '{"sms": {"500": -1}}']


@pytest.mark.parametrize("body", NONSENSE)
def test_switches_that_make_no_sense_are_refused(simulators, body):
    answer = urllib3.request("POST", simulators.url + "faults/", body=body, headers={"Content-Type": "application/json"}, retries=False)
    assert answer.status == 400


@pytest.mark.parametrize("path", ["inbox/", "faults/"])
def test_pages_bring_nothing_from_elsewhere_and_run_nothing(simulators, path):
    answer = simulators.get(path)
    page = answer.data.decode()
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"] and "unsafe" not in answer.headers["Content-Security-Policy"]
    assert "<script" not in page and " style=" not in page and "http" not in page.replace("http-equiv", "")
    assert simulators.get("simulators.css").headers["Content-Type"].startswith("text/css")


@pytest.mark.parametrize(("phone", "text"), [("123", "x"), ("19900000001", ""), ("１９９００００００００", "x"), ("29900000001", "x")])
def test_a_number_or_text_that_cannot_be_sent_is_refused(simulators, phone, text):
    with pytest.raises(Rejected):
        sms.send(phone, text, key="1")


def test_no_page_of_the_project_is_served_here(simulators):
    assert simulators.get("admin/").status == simulators.get("sign-in/").status == 404
