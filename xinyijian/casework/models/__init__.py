"""Tables that every service shares."""

from .aim import Aim
from .breach import Breach
from .bulk_act import BulkAct
from .case import Case, CaseQuerySet, Due
from .claim import Claim
from .decision import Decision
from .deficiency import Deficiency, WithGaps
from .demo_clock import DemoClock
from .docket import APPLICANT, HERS, Docket
from .document import Document
from .erased import ErasedPages
from .errand import Errand
from .kept_answer import KeptAnswer
from .letter import Letter, LetterKind, LetterSeries
from .notice import Channel, Notice, Sending, Subject
from .saved_view import SavedView
from .sent_back import SentBack
from .stand_in import StandIn

__all__ = [
    "APPLICANT",
    "Aim",
    "Breach",
    "BulkAct",
    "Case",
    "CaseQuerySet",
    "Channel",
    "Claim",
    "Decision",
    "Deficiency",
    "DemoClock",
    "Docket",
    "Document",
    "Due",
    "ErasedPages",
    "Errand",
    "HERS",
    "KeptAnswer",
    "Letter",
    "LetterKind",
    "LetterSeries",
    "Notice",
    "SavedView",
    "Sending",
    "SentBack",
    "StandIn",
    "Subject",
    "WithGaps",
]
