"""Somebody at a browser: presses what she can read, and never anything that is not on the page."""

import re

from django.utils import translation
from django.utils.translation import gettext
from playwright.sync_api import expect

PATIENCE = 10_000  # milliseconds
CODE = re.compile(r"(?<!\d)\d{6}(?!\d)")
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
SHOWN = re.compile(r'id="demo-totp">(\d{6})<')


class Visitor:
    """One browser context with one tab; `complaints` are errors of its console and answers that failed."""

    def __init__(self, context, stack, language):
        self.context, self.stack, self.language, self.complaints = context, stack, language, []
        context.set_default_timeout(PATIENCE)
        context.on("console", self._console)
        context.on("weberror", lambda error: self.complaints.append(f"script: {error.error}"))
        context.on("response", self._response)
        self.page = context.new_page()

    def _console(self, message):
        if message.type in ("error", "warning") and "status of 4" not in message.text:
            self.complaints.append(f"{message.page.url if message.page else ''}: {message.text}")

    def _response(self, response):
        if response.status >= 500:
            self.complaints.append(f"{response.status} {response.url}")

    def wears(self, display, language):
        """Large print ("elder.22"), dark or plain (""), and a language: as the switches leave it."""
        self.language, wishes = language, {"language": language, "display": display or "22"}
        self.context.add_cookies([{"name": name, "value": value, "url": self.stack.url} for name, value in wishes.items()])

    def words(self, msgid) -> str:
        """How the portal says this in her language."""
        with translation.override(self.language):
            return gettext(msgid)

    def go(self, path):
        """To an address, as somebody who kept it."""
        return self.page.goto(path)

    def press(self, msgid, **more):
        """The button of the page itself with these words; the head has a search of its own."""
        self.main.get_by_role("button", name=self.words(msgid), **more).first.click()

    def follow(self, msgid):
        """The link with these words."""
        self.page.get_by_role("link", name=self.words(msgid)).first.click()

    def tick(self, *names):
        """The boxes and circles with these names; `name=value` for one of several."""
        for name in names:
            name, _, value = name.partition("=")
            self.page.locator(f"input[name='{name}']" + (f"[value='{value}']" if value else "")).check()

    def fill(self, **fields):
        """Fields by name."""
        for name, text in fields.items():
            control = self.page.locator(f"main [name='{name}']")
            if control.evaluate("c => c.tagName") == "SELECT":
                control.select_option(text)
            else:
                control.fill(text)

    def attach(self, name, file):
        """A file from her phone: (name, bytes)."""
        self.page.locator(f"input[type=file][name='{name}']").set_input_files(
            {"name": file[0], "mimeType": "image/jpeg", "buffer": file[1]}
        )

    def sees(self, *msgids):
        """Each stands on the page, visible, in her language."""
        for msgid in msgids:
            expect(self.main).to_contain_text(self.words(msgid), timeout=PATIENCE)

    def sees_not(self, *msgids):
        for msgid in msgids:
            expect(self.main).not_to_contain_text(self.words(msgid))

    @property
    def main(self):
        return self.page.locator("main")

    @property
    def text(self) -> str:
        return self.main.inner_text()

    def waits_for(self, msgid, *, seconds=30):
        """Something that the worker does beside us: look again until it is there."""
        for _ in range(seconds * 2):
            if self.words(msgid) in self.text:
                return
            self.page.wait_for_timeout(500)
            self.page.reload()
        raise AssertionError(f"{self.words(msgid)!r} did not appear:\n{self.text}")

    def sign_in_by_code(self, phone, who=""):
        """By phone: the code is read in the operator's inbox page. `who` where several people share the phone."""
        self.go("/sign-in/")
        self.fill(phone=phone)
        self.press("Send me a code")
        self.fill(code=self.read_code(phone))
        self.press("Sign in")
        if who:
            self.page.get_by_label(who).check()
            self.press("Continue")
        expect(self.page).to_have_url(self.stack.url)

    def read_code(self, phone):
        self.stack.message(phone, CODE.pattern)
        inbox = self.context.new_page()
        inbox.goto(f"{self.stack.inbox}?q={phone}")
        code = CODE.search(inbox.locator("ol.messages .text").first.inner_text()).group()
        inbox.close()
        return code

    def enter(self, username, password):
        """Signed in by the same forms as everybody, but no page of them is drawn: for walks that prove something else."""
        answer = self._send("/sign-in/password/", username=username, password=password)
        if "/sign-in/second/" in answer.headers["location"]:
            shown = SHOWN.search(self.context.request.get(self._absolute(answer.headers["location"])).text()).group(1)
            answer = self._send("/sign-in/second/", code=shown)
        self.go(answer.headers["location"])

    def _send(self, path, **fields):
        """What a form of this page answers, a redirection."""
        door, address = self.context.request, self._absolute(path)
        fields["csrfmiddlewaretoken"] = TOKEN.search(door.get(address).text()).group(1)
        answer = door.post(address, form=fields, max_redirects=0)
        assert answer.status == 302, answer.text()
        return answer

    def _absolute(self, path):
        return self.stack.url.rstrip("/") + path

    def sign_in_by_password(self, username, password):
        self.go("/sign-in/password/")
        self.fill(username=username, password=password)
        self.press("Sign in")
        self.page.wait_for_url(lambda url: "/sign-in/password/" not in url)
        if "/sign-in/second/" in self.page.url:
            self.enter_shown_code()
        self.page.wait_for_url(lambda url: "/sign-in/" not in url)

    def enter_shown_code(self):
        """The second step of staff: the demo shows on the page what a phone would show."""
        self.fill(code=self.page.locator("#demo-totp").inner_text())
        self.press("Sign in")

    def sign_out(self):
        self.page.get_by_role("button", name=self.words("Sign out")).first.click()
