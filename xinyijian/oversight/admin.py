"""Proofs of the chain, in Django's admin: asked for and read on the auditor's pages; a superuser sees that there were some."""
from django.contrib import admin

from xinyijian.audit.admin import ReadOnlyAdmin

from .models import ProofRun


@admin.register(ProofRun)
class ProofRunAdmin(ReadOnlyAdmin):
    list_display = ["id", "asked_by", "asked_at", "first_seal", "last_seal", "finished_at", "events", "finding"]
    list_select_related = ["asked_by"]
    ordering = ["-id"]
