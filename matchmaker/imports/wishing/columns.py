"""The columns of a list of wishes."""

from __future__ import annotations

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from matchmaker.imports.cells import CellFault, Parse, long_text_of
from matchmaker.imports.columns import Known, Read, known
from matchmaker.imports.surroundings import Names
from matchmaker.spreadsheets.columns import fold
from matchmaker.wishes.services import LONGEST_MESSAGE

GRADE_WORDS = {
    "top": ("top", "must", "high", "priority", "very interested", "priorité", "prioritaire",
            "indispensable", "أولوية", "مهم جدا", "الأهم"),
    "like": ("like", "yes", "interested", "oui", "intérêt", "intéressé", "intéressée", "souhaité",
             "j’aime", "اهتمام", "نعم", "مهتم", "مهتمة", "أرغب"),
    "never": ("never", "no", "jamais", "non", "أبدا", "لا"),
}  # fmt: skip
STATE_WORDS = {
    "open": ("open", "pending", "requested", "ouvert", "en attente", "demandé", "مفتوح",
             "مفتوحة", "قيد الانتظار"),
    "accepted": ("accepted", "confirmed", "accepté", "acceptée", "confirmé", "مقبول", "مقبولة",
                 "مؤكد", "مؤكدة"),
    "declined": ("declined", "refused", "rejected", "refusé", "refusée", "décliné", "مرفوض",
                 "مرفوضة"),
}  # fmt: skip


def _words(table: dict[str, tuple[str, ...]]) -> dict[str, str]:
    return {fold(word): value for value, words in table.items() for word in words}


GRADES, STATES = _words(GRADE_WORDS), _words(STATE_WORDS)


def read_grade(cell: str) -> str:
    if fold(cell) not in GRADES:
        raise CellFault(
            gettext(
                "The grade “%(grade)s” is not known. Write top, like or never.", grade=cell[:40]
            )
        )
    return GRADES[fold(cell)]


def read_state(cell: str) -> str:
    if fold(cell) not in STATES:
        raise CellFault(
            gettext(
                "The status “%(status)s” is not known. Write open, accepted or declined.",
                status=cell[:40],
            )
        )
    return STATES[fold(cell)]


def plain(parse: Parse) -> Read:
    def read(cell: str, _names: Names) -> object:
        return parse(cell)

    return read


COLUMNS: tuple[Known, ...] = (
    known(
        "from",
        ("From", "De", "من"),
        "Requester", "Booker", "Demandeur", "De la part de", "الطالب",
        explanation=_("Who wishes: the e-mail address or the reference of a participant."),
        example="amal.benali@atlas-eau.example",
    )(plain(str)),
    known(
        "to",
        ("To", "À", "إلى"),
        "Requestee", "Destinataire", "Pour", "Vers", "المطلوب",
        explanation=_(
            "Who is wished for: e-mail address or reference of a participant, or the name of an "
            "organisation for any of its people."
        ),
        example="bilal@casa-recycle.example",
    )(plain(str)),
    known(
        "grade",
        ("Grade", "Appréciation", "التقدير"),
        "Note", "Priority", "Interest", "Priorité", "Intérêt", "الأولوية",
        explanation=_("top, like or never; like where empty."),
        example="top",
    )(plain(read_grade)),
    known(
        "state",
        ("Status", "Statut", "الحالة"),
        "State", "État",
        explanation=_("open, accepted or declined; open where empty."),
        example="open",
    )(plain(read_state)),
    known(
        "message",
        ("Message", "Message", "الرسالة"),
        "Note to partner", "Comment", "Commentaire", "ملاحظة",
        explanation=_("What the other one reads."),
        example="We look for a partner in water treatment.",
    )(plain(long_text_of(LONGEST_MESSAGE)), ""),
)  # fmt: skip
NEEDED = (("from",), ("to",))
