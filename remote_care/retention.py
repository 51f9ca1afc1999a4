"""How long what was typed into a filing that was never sent stays."""

from django.db import connection
from django.utils.translation import gettext_lazy as _

from xinyijian.people.retention import keep

EMPTY = """UPDATE remote_care_filing SET remote_address = '', contact_name = '', contact_phone = '', mistyped = '' WHERE id IN (
    SELECT f.id FROM remote_care_filing f JOIN unnest(%s::text[], %s::timestamptz[]) AS term(region, before) ON term.region = f.region_id
    WHERE f.status = 'draft' AND f.first_sent_at IS NULL AND f.opened_at < term.before
    AND (f.remote_address, f.contact_name, f.contact_phone, f.mistyped) <> ('', '', '', '') ORDER BY f.id LIMIT %s)"""


def _drafts(terms, size):
    with connection.cursor() as cursor:
        cursor.execute(EMPTY, [[region for region, _at in terms], [at for _region, at in terms], size])
        return cursor.rowcount


keep("drafts", _("What was typed into a filing that was never sent"), _("from the day it was begun"), basis="PIPL-19", sweep=_drafts)
