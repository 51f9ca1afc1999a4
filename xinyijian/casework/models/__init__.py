"""Tables that every service shares."""

from .aim import Aim
from .breach import Breach
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
from .sent_back import SentBack

__all__ = [
    "APPLICANT",
    "Aim",
    "Breach",
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
    "Sending",
    "SentBack",
    "Subject",
    "WithGaps",
]
