"""Celery: a message is only a nudge. Truth is rows in the database, and beat sweeps them."""
import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xinyijian.settings")

app = Celery("xinyijian")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
