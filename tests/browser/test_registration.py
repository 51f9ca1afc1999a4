"""Opening an account on a phone: by certificate, phone and e-voucher; then signing in by a code to that phone."""
import pytest

SUN = {"name": "孙晓梅", "cert_number": "439901199202173124", "phone": "19900000377"}
ZHENG = {"name": "郑家豪", "cert_type": "04", "cert_number": "H0000000102", "phone": "19900000378"}  # a permit for people of Hong Kong


@pytest.mark.req("S2.6", "S2.7", "S1.25")
@pytest.mark.parametrize(("who", "language", "display"), [(SUN, "zh-hans", ""), (ZHENG, "en", "elder.22")], ids=["zh", "elder-en"])
def test_somebody_whom_only_the_platform_knows_opens_an_account(visit, who, language, display):
    somebody = visit(language)
    somebody.wears(display, language)
    somebody.go("/sign-in/")
    somebody.page.locator("main a[href*='/register/']").first.click()
    somebody.fill(**who)
    somebody.tick("agree")
    somebody.press("Send me a code")
    somebody.fill(code=somebody.read_code(who["phone"]))
    somebody.press("Continue")
    somebody.sees("One more proof")
    somebody.fill(voucher=voucher_of(somebody, who["name"]))
    somebody.page.locator("main form button.btn-primary").first.click()
    somebody.page.wait_for_url(lambda url: "/register/" not in url)
    somebody.go("/my-data/")
    somebody.sees(who["name"][0])
    again = visit(language)
    again.sign_in_by_code(who["phone"])


@pytest.mark.req("S2.7")
def test_a_name_that_does_not_fit_the_certificate_opens_nothing(visit):
    somebody = visit()
    somebody.go("/register/")
    somebody.fill(**SUN | {"name": "王桂英", "cert_number": "439901195510093144", "phone": "19900000379"})
    somebody.tick("agree")
    somebody.press("Send me a code")
    somebody.fill(code=somebody.read_code("19900000379"))
    somebody.press("Continue")
    somebody.fill(voucher=voucher_of(somebody, "林美慧"))
    somebody.page.locator("main form button.btn-primary").first.click()
    somebody.sees("This insurance code belongs to another name or certificate than you typed. Please begin again.")


def voucher_of(visitor, name) -> str:
    """What her phone would show: a code of the simulated platform, good for a minute."""
    platform = visitor.context.new_page()
    platform.goto(visitor.stack.inbox.removesuffix("inbox/") + "people/")
    platform.locator("ol.messages > li").filter(has_text=name).last.locator("form").first.locator("button").click()
    found = platform.locator("p.code").inner_text().replace(" ", "").strip()
    platform.close()
    return found
