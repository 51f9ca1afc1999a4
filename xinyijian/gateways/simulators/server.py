"""A small threaded web server for one process; it can hang up in the middle, which a good server cannot."""
import socket
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler

from . import mail, people, postman, store


class Server(ThreadingMixIn, WSGIServer):
    """One thread a request, so that a slow answer holds up nobody else."""

    daemon_threads = True
    request_queue_size = 128


class Handler(WSGIRequestHandler):
    """Quiet: addresses and bodies may hold phone numbers."""

    def get_environ(self):
        return {**super().get_environ(), "simulators.hang_up": lambda: self.connection.shutdown(socket.SHUT_RDWR)}

    def log_message(self, format, *args):
        pass

    def address_string(self):
        return self.client_address[0]


def serve(host: str, port: int, smtp_port: int, portal: str) -> None:
    """Run until the process is told to stop."""
    settings.ROOT_URLCONF = "xinyijian.gateways.simulators.urls"  # this process has other pages than the project
    settings.MIDDLEWARE = [  # no sign-in and nothing worth forging: a forged request could only make the demo fail
        "django.middleware.security.SecurityMiddleware",
        "csp.middleware.CSPMiddleware",
        "xinyijian.middleware.LanguageMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    ]
    store.prepare()
    people.load()
    settings.SIMULATORS_PORTAL = portal
    postman.start(f"{portal}gateways/receipts/")
    mail.start(host, smtp_port)
    server = Server((host, port), Handler)
    server.set_app(WSGIHandler())
    server.serve_forever(poll_interval=0.2)
