"""The ground that benches stand on: a database with very many filings, made by SQL."""

import os
from contextlib import closing
from datetime import date, datetime, time, timedelta
from io import StringIO

import psycopg2
from django.core.management import call_command
from django.db import connection

from xinyijian.casework.days import SHANGHAI
from xinyijian.people.crypto import encrypt
from xinyijian.people.models import User

CASES = int(os.environ.get("BENCH_CASES", 1_000_000))
SLICE = CASES // 10  # how many fall due together
OPENED = datetime(2026, 1, 5, 10, tzinfo=SHANGHAI)
FIRST_END = date(2026, 6, 1)  # slice k ends k days later

PEOPLE = """
INSERT INTO people_person (id, name, name_digest, cert_type, cert_number, cert_digest, psn_no, born_on, sex, region_id, insutype, psn_type,
    phone, phone_digest, address)
SELECT i + 1000, %(name)s, 'n' || i, '01', %(name)s, 'c' || i, '', date '1960-01-01' + i %% 9000, '2', '439901', '390', '15', '', '', ''
FROM generate_series(1, %(cases)s) i
"""
DOCKETS = """
INSERT INTO casework_docket (id, number, kind, person_id, region_id, opened_by_id, opened_at, status, queue_role, due_name, due_at,
    received_at)
SELECT i, 'RC439901-260105-' || lpad(i::text, 8, '0'), 'remote_care.Filing', i + 1000, '439901', %(by)s, %(opened)s, 'in_force',
       CASE WHEN i > %(slices)s THEN 'clerk' ELSE '' END, CASE WHEN i > %(slices)s THEN 'decide' ELSE '' END,
       CASE WHEN i > %(slices)s THEN %(opened)s + (i::bigint * 7919 %% 1000003) * interval '31 seconds' END,
       %(opened)s
FROM generate_series(1, %(cases)s) i
"""
FILINGS = """
INSERT INTO remote_care_filing (id, status, number, docket_id, person_id, region_id, opened_by_id, opened_at, next_verb, next_due_at,
    gaps, given, gap_rests, type, channel, basis, place_id, start_on, end_on, remote_address, contact_name, contact_phone,
    notice_version, signed_letters, redo, because, reasons, platform_number, mistyped, occasion, care_hospital, referral_hospital,
    first_sent_at, insutype, bills)
SELECT i, CASE WHEN i > %(slices)s THEN 'submitted' ELSE 'in_force' END,
    'RC439901-260105-' || lpad(i::text, 8, '0'), i, i + 1000, '439901', %(by)s,
    %(opened)s, CASE WHEN i > %(slices)s THEN '' ELSE 'end' END, CASE WHEN i <= %(slices)s THEN ends + interval '1 day' END,
    '[]', '[]', '[]', 'long_residence', 'portal', 'documents', '440100', date '2026-01-05', ends,
    '', '', '', '1', '[]', '[]', '', '[]', 'N' || i, '', 'planned', '', '', %(opened)s, '390', '[]'
FROM (SELECT i, timestamptz %(first)s + (i %% 6) * interval '1 day' AS ends FROM generate_series(1, %(cases)s) i) x
"""
COVERAGES = """
INSERT INTO care_coverage (kind, person_id, case_number, platform_number, place_id, starts_on, ends_on, ended_because)
SELECT 'remote_filing', person_id, number, platform_number, place_id, start_on, end_on, '' FROM remote_care_filing WHERE id <= %(slices)s
"""


def seed(cases=CASES, *, filings=True):
    """People, register, filings, coverages: six slices of filings in force, each ending on its own day; the rest wait for a clerk."""
    for command in ("load_people", "load_calendar", "load_policies"):
        call_command(command, verbosity=0, stdout=StringIO())
    values = {
        "cases": cases,
        "slices": 6 * (cases // 10),
        "by": User.objects.filter(is_superuser=True).first().pk,
        "opened": OPENED,
        "name": encrypt("张三"),
        "first": datetime.combine(FIRST_END, time(), SHANGHAI).isoformat(),
    }
    with connection.cursor() as cursor:
        for statement in (PEOPLE, DOCKETS, *((FILINGS, COVERAGES) if filings else ())):
            cursor.execute(statement, values)
    analyse()


def analyse():
    """Tell the planner what is there; vacuum, too, as autovacuum would have by then. Only the owner may."""
    with closing(psycopg2.connect(os.environ["OWNER_URL"])) as owner:
        owner.autocommit = True
        owner.cursor().execute(
            "VACUUM ANALYZE people_person, casework_docket, remote_care_filing, care_coverage, audit_event, casework_notice"
        )


def due_moment(k):
    """When slice k (0–5) is due: 24:00 of its last day."""
    return datetime.combine(FIRST_END + timedelta(days=k + 1), time(), SHANGHAI)
