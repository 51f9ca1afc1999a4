"""The simulated mail relay: real SMTP on a port of its own, one mail per Message-ID, with the same faults as every door here."""
import socketserver
import threading
from email import message_from_bytes, policy

from . import faults, messages


class Relay(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


class Visitor(socketserver.StreamRequestHandler):
    """One connection: enough of RFC 5321 for a client that hands over mails."""

    timeout = 30

    def handle(self):
        self.recipients, self.mode = [], faults.pick("email")
        self.say("220 demo relay")
        while line := self.rfile.readline(4096).decode(errors="replace").strip():
            word = line.partition(" ")[0].upper()
            if word == "QUIT":
                return self.say("221 bye")
            if not self.answer(word, line):
                return None

    def answer(self, word, line) -> bool:
        """False when the line is to be hung up."""
        if word == "DATA":
            return self.take()
        if word == "RCPT" and self.mode == "refuse":
            self.say("550 mailbox refused by the switch")
        elif word == "RCPT" and self.mode == "500":
            self.say("451 failure by the switch")
        else:
            if word == "RCPT":
                self.recipients.append(line.partition("<")[2].partition(">")[0])
            known = word in ("EHLO", "HELO", "MAIL", "RCPT", "RSET", "NOOP")
            self.say("250 ok" if known else "502 not here")
        return True

    def take(self) -> bool:
        self.say("354 go on")
        lines = []
        while (line := self.rfile.readline(65536)) not in (b".\r\n", b""):
            lines.append(line[1:] if line.startswith(b"..") else line)
        if self.mode == "slow":
            faults.dawdle()
        mail = message_from_bytes(b"".join(lines), policy=policy.default)
        receipt = str(mail["Message-ID"]).strip("<> ")
        for recipient in self.recipients:
            messages.take("email", receipt.partition("@")[0], recipient, mail.get_content().strip(), self.mode, receipt=receipt)
        if self.mode == "lost":
            return False
        self.say("250 taken")
        return True

    def say(self, text):
        self.wfile.write(f"{text}\r\n".encode())


def start(host: str, port: int) -> None:
    """Listen for as long as the process lives."""
    relay = Relay((host, port), Visitor)
    threading.Thread(target=relay.serve_forever, daemon=True, name="mail relay").start()
