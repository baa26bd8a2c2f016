"""The columns of a list of participants: b2match's as they are, and ours."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from matchmaker.imports import cells
from matchmaker.imports.cells import Parse, long_text_of, text_of
from matchmaker.imports.columns import Known, Read, known
from matchmaker.imports.people.names import delegation_code, organisation_name, read_place, website
from matchmaker.imports.people.participation import read_participation
from matchmaker.imports.people.terms import read_one, read_several
from matchmaker.imports.surroundings import Names
from matchmaker.imports.times import read_absences, read_sessions
from matchmaker.organisations.services import LONGEST
from matchmaker.spreadsheets.columns import fold


def plain(parse: Parse) -> Read:
    """A cell that needs nothing of the event to be understood."""

    def read(cell: str, _names: Names) -> object:
        return parse(cell)

    return read


GONE = {
    fold(word): state
    for state, words in (
        ("rejected", ("rejected", "not accepted", "refusé", "refusée", "مرفوض", "غير مقبول")),
        ("withdrawn", ("withdrawn", "retiré", "retirée", "désisté", "منسحب")),
    )
    for word in words
}


def _state(cell: str) -> str:
    if fold(cell) in GONE:
        return GONE[fold(cell)]
    return "validated" if cells.yes_or_no(cell) else "registered"


PERSON: tuple[Known, ...] = (
    known(
        "email",
        ("Email", "E-mail", "البريد الإلكتروني"),
        "E-mail address", "Email address", "Mail", "Adresse e-mail", "Adresse email", "Courriel",
        "Adresse électronique", "البريد",
        explanation=_("The key by which a person is found again. Needed, or else a reference."),
        example="amal.benali@atlas-eau.example",
    )(plain(cells.email)),
    known(
        "reference",
        ("Reference", "Référence", "المرجع"),
        "Ref", "Réf", "ID", "Identifiant", "رقم المرجع", "الرقم",
        explanation=_("A key of your own, for people without an e-mail address."),
        example="P001",
    )(plain(text_of(60))),
    known(
        "first_name",
        ("First name", "Prénom", "الاسم الأول"),
        "Firstname", "Given name", "الاسم الشخصي", "الاسم",
        explanation=_("At most 120 characters."),
        example="Amal",
    )(plain(text_of(120)), ""),
    known(
        "last_name",
        ("Last name", "Nom", "اسم العائلة"),
        "Lastname", "Surname", "Family name", "Nom de famille", "الاسم العائلي", "اللقب", "النسب",
        explanation=_("At most 120 characters."),
        example="Benali",
    )(plain(text_of(120)), ""),
    known(
        "job",
        ("Job description", "Fonction", "الوظيفة"),
        "Job title", "Job", "Position", "Function", "Poste", "المهنة", "المنصب",
        explanation=_("At most 200 characters."),
        example="Head of purchasing",
    )(plain(text_of(200)), ""),
    known(
        "phone",
        ("Phone number", "Téléphone", "الهاتف"),
        "Phone", "Telephone", "Mobile", "Numéro de téléphone", "Tél", "GSM", "رقم الهاتف",
        explanation=_("Only the organisers see it."),
        example="+212 5 22 00 00 00",
    )(plain(text_of(60)), ""),
    known(
        "kind",
        ("Participation type", "Type de participation", "نوع المشاركة"),
        "Participant type", "Type de participant",
        explanation=_("A type from this event's set-up, in any language; a new one is added."),
        example="Buyer",
    )(read_participation, ""),
    known(
        "state",
        ("Validated", "Validé", "مؤكد"),
        "تم التحقق", "Activation status", "Activated", "Statut d’activation", "Activé",
        "حالة التفعيل", "مفعل",
        explanation=_(
            "Yes or No, or rejected or withdrawn. Left out: yes. Who is not validated gets no "
            "meetings."
        ),
        example="Yes",
    )(plain(_state)),
    known(
        "language",
        ("Language", "Langue", "اللغة"),
        "Preferred language", "Langue préférée", "Langue de correspondance", "لغة المراسلة",
        explanation=_("Of the agenda and the mails: fr, ar or en."),
        example="fr",
    )(plain(cells.language)),
    known(
        "spoken",
        ("Spoken languages", "Langues parlées", "اللغات المتحدث بها"),
        "Languages", "Languages spoken", "Langues", "اللغات",
        explanation=_("Codes or names, with semicolons between. They decide on interpreters."),
        example="fr; ar; en",
    )(plain(cells.spoken), []),
    known(
        "sessions",
        ("Sessions", "Sessions de rendez-vous", "الجلسات"),
        "Session", "Attended sessions", "Séances",
        explanation=_("Names of the sessions attended, with semicolons between. Empty: all."),
        example="",
    )(read_sessions, []),
    known(
        "absent",
        ("Absent", "Absences", "الغياب"),
        "Absence", "Unavailable", "Indisponible", "Indisponibilités", "غائب", "غير متاح",
        explanation=_(
            "When no meeting is possible: 2026-10-14 09:00, 2026-10-14 09:00-11:00, 2026-10-14 "
            "for a whole day, a session's name or a slot's id; semicolons between."
        ),
        example="",
    )(read_absences, []),
    known(
        "place",
        ("Stand", "Stand", "الرواق"),
        "Booth", "Own stand", "Own table", "Table", "جناح", "المنصة",
        explanation=_("The code of an own stand or table, which the event must have."),
        example="",
    )(read_place, ""),
    known(
        "seats",
        ("Seats", "Nombre de places", "المقاعد"),
        "Seat", "Number of seats", "Places", "عدد المقاعد",
        explanation=_("How many meetings at once; 1 where empty."),
        example="1",
    )(plain(cells.seats), 1),
    known(
        "delegation",
        ("Delegation", "Délégation", "الوفد"),
        "Cluster",
        explanation=_("The code of the delegation; a new one is added."),
        example="CISE",
    )(plain(delegation_code), ""),
    known(
        "remote",
        ("Remote", "À distance", "عن بعد"),
        "Online", "Distanciel", "En ligne", "عبر الإنترنت",
        explanation=_("Yes, if the person meets online."),
        example="No",
    )(plain(cells.yes_or_no), False),
)  # fmt: skip

ORGANISATION: tuple[Known, ...] = (
    known(
        "organisation",
        ("Organization name", "Organisation", "المؤسسة"),
        "Organisation name", "Organization", "Company", "Company name", "Société", "Entreprise",
        "Nom de l’organisation", "Raison sociale", "اسم المؤسسة", "الشركة", "اسم الشركة",
        explanation=_("A new one is added; spelled the same, it is the same."),
        example="Atlas Eau",
    )(plain(organisation_name), ""),
    known(
        "organisation_kind",
        ("Organization type", "Type d’organisation", "نوع المؤسسة"),
        "Organisation type", "Type de structure",
        explanation=_("A type from the list of this event, in any language; a new one is added."),
        example="SME",
    )(read_one("type"), ""),
    known(
        "website",
        ("Company website", "Site web", "الموقع الإلكتروني"),
        "Website", "Site internet", "Web", "الموقع",
        explanation=_("At most 300 characters."),
        example="https://atlas-eau.example",
    )(plain(website), ""),
    known(
        "street",
        ("Street", "Rue", "الشارع"),
        "Address", "Adresse", "العنوان",
        explanation=_("At most 300 characters."),
        example="12, rue des Oudayas",
    )(plain(text_of(300)), ""),
    known(
        "postal_code",
        ("Postal code", "Code postal", "الرمز البريدي"),
        "Zip", "Zip code", "Postcode", "CP",
        explanation=_("At most 40 characters."),
        example="20250",
    )(plain(text_of(40)), ""),
    known(
        "city",
        ("City", "Ville", "المدينة"),
        "Town",
        explanation=_("At most 120 characters."),
        example="Casablanca",
    )(plain(text_of(120)), ""),
    known(
        "country",
        ("Country", "Pays", "البلد"),
        "الدولة",
        explanation=_("The name in English, French or Arabic, or the ISO code."),
        example="MA",
    )(plain(cells.country), ""),
    known(
        "areas",
        ("Areas of activities", "Domaines d’activité", "مجالات النشاط"),
        "Areas of activity", "Activities", "Areas", "Sectors", "Secteurs", "Secteur d’activité",
        "Activités", "القطاعات",
        explanation=_("Sectors with semicolons between, in any language; new ones are added."),
        example="Water; Environment",
    )(read_several("sector"), []),
    known(
        "description",
        ("Organization description", "Description de l’organisation", "وصف المؤسسة"),
        "Organisation description", "Company description", "Description", "الوصف",
        explanation=_("At most 5,000 characters."),
        example="Treats and recycles industrial water.",
    )(plain(long_text_of(LONGEST["description"])), ""),
    known(
        "size",
        ("Organization size", "Taille de l’organisation", "حجم المؤسسة"),
        "Organisation size", "Company size", "Size", "Taille", "Effectif", "الحجم",
        explanation=_("A size from the list of this event, in any language; a new one is added."),
        example="10-49",
    )(read_one("size"), ""),
    known(
        "industries",
        ("Emerging industries", "Industries émergentes", "الصناعات الناشئة"),
        "Industries", "Industry",
        explanation=_("From the list, with semicolons between; new ones are added."),
        example="",
    )(read_several("industry"), []),
    known(
        "technologies",
        ("Technology fields", "Domaines technologiques", "المجالات التكنولوجية"),
        "Technologies", "Technology",
        explanation=_("From the list, with semicolons between; new ones are added."),
        example="",
    )(read_several("technology"), []),
    known(
        "services",
        ("Services to members", "Services aux membres", "الخدمات للأعضاء"),
        "Services",
        explanation=_("From the list, with semicolons between; new ones are added."),
        example="",
    )(read_several("service"), []),
    known(
        "labels",
        ("Labels", "Labels et certifications", "العلامات"),
        "Label", "Certifications",
        explanation=_("From the list, with semicolons between; new ones are added."),
        example="",
    )(read_several("label"), []),
    known(
        "networks",
        ("Clusters and networks", "Clusters et réseaux", "التجمعات والشبكات"),
        "Networks", "Clusters", "Memberships",
        explanation=_("From the list, with semicolons between; new ones are added."),
        example="",
    )(read_several("network"), []),
    known(
        "target_countries",
        ("Countries aimed at", "Pays visés", "البلدان المستهدفة"),
        "Target countries", "Target markets", "Marchés visés",
        explanation=_("Names or ISO codes, with semicolons between."),
        example="FR; MA",
    )(plain(cells.countries), []),
    known(
        "organisation_spoken",
        ("Languages of the organization", "Langues de l’organisation", "لغات المؤسسة"),
        explanation=_("Codes or names, with semicolons between."),
        example="fr; en",
    )(plain(cells.spoken), []),
    known(
        "projects",
        ("Collaborative projects", "Projets collaboratifs", "المشاريع التعاونية"),
        explanation=_("At most 5,000 characters."),
        example="",
    )(plain(long_text_of(LONGEST["projects"])), ""),
    known(
        "stories",
        ("Success stories", "Réussites", "قصص النجاح"),
        explanation=_("At most 5,000 characters."),
        example="",
    )(plain(long_text_of(LONGEST["stories"])), ""),
)  # fmt: skip

COLUMNS = PERSON + ORGANISATION
NEEDED = (("email", "reference"),)
