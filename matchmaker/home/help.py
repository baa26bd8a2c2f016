"""Help at the spot: what a page of the organiser is for, in a few sentences, by endpoint."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _

HELP: dict[str, Any] = {
    "home.overview": _(
        "The state of your event at a glance. Follow the steps from top to bottom; what needs "
        "you stands above them and goes by itself once it is done."
    ),
    "home.numbers": _(
        "Everything here is counted at this moment. Below each chart the same numbers stand as a "
        "table, for reading exactly or for a screen reader."
    ),
    "home.log": _(
        "Every change of this event with who made it and when. Values are not kept: to see what a "
        "person says today, open the person."
    ),
    "events.edit": _(
        "Name, place and language of the event, and how long a meeting and a change of place "
        "take. If the length changes, the slots are made anew and you are told first what that "
        "does."
    ),
    "events.phases": _(
        "Say from when until when people may register, wish and see agendas. A phase without "
        "dates is open until you close it; by hand you open or close it whatever the dates say."
    ),
    "events.sessions": _(
        "A session is a stretch of a day without a pause, such as the first morning. Its slots "
        "are made from its hours and the length of a meeting: put a pause between two sessions."
    ),
    "events.places": _(
        "Tables are for everybody, a stand belongs to a participant, online places are rooms of a "
        "video service. Zones with walking minutes keep people from having to run."
    ),
    "events.interpreters": _(
        "An interpreter serves one meeting at a time between two of their languages. Tick the "
        "slots in which they are not there."
    ),
    "events.team": _(
        "Who works with you and what each may do. Somebody has one role at this event; a change "
        "holds from the next page that they open."
    ),
    "looks.edit": _(
        "Logo, colour and texts that people see on the event's pages, in its mails and on "
        "everything that is printed. The samples show a colour before you save it."
    ),
    "notices.settings": _(
        "When Matchmaker writes by itself: at once, or gathered to one mail. Mails of your own "
        "are written under Mailings."
    ),
    "participation.index": _(
        "Types such as buyer or exhibitor decide which questions people are asked, how many "
        "meetings they may have and who may ask whom."
    ),
    "vocabularies.index": _(
        "The lists from which people choose: sectors, technologies, services. You may rename, "
        "order and hide entries; what somebody has chosen stays."
    ),
    "segments.index": _(
        "Everybody of the event. Narrow the list, keep the filter as a segment to write to or "
        "print for later, and tick people to change many at once."
    ),
    "participants.edit": _(
        "What is known of this person. People change it themselves, too; an import asks before "
        "it overwrites what was edited here."
    ),
    "organisations.index": _(
        "Organisations are shared by their people. If the same one is here twice, open one of "
        "them and merge it into the other."
    ),
    "wishes.index": _(
        "Who wants to meet whom. Wishes come from people themselves, from an import, from paper, "
        "or from you; a never is seen by nobody but you."
    ),
    "wishes.rules": _(
        "Limits of requests: how many somebody may send and get, who may ask whom, and within "
        "how many hours a request is answered."
    ),
    "imports.index": _(
        "Take participants or wishes from a spreadsheet. Nothing is changed before you have seen "
        "every faulty row; the same file twice changes nothing."
    ),
    "capacity.index": _(
        "Whether the wishes fit into your tables and slots, before you make a schedule: what is "
        "missing, what one more would give, and who is wanted by more people than there is time."
    ),
    "schedules.index": _(
        "Let a schedule be made, look at it, then publish it. Nobody sees a schedule before you "
        "publish; every one is kept and can be published again."
    ),
    "schedules.not_placed": _(
        "Wishes that have no meeting in this schedule, each with its reason. Often one more table "
        "or a free slot of one person helps."
    ),
    "drafts.board": _(
        "Move a meeting by dragging it, or choose it and then a green place. What breaks a rule "
        "is refused with its reason; nobody is told anything before you publish."
    ),
    "agendas.index": _(
        "Everything on paper, of the published schedule. After a change print only what changed: "
        "the old sheets of the others still hold."
    ),
    "mailings.index": _(
        "Write to a part of the participants in up to three languages. You see each mail as its "
        "reader will, and can send one to yourself, before it goes to all."
    ),
    "paper.index": _(
        "For people without a screen: print the numbered catalogue and blank sheets, then type "
        "what they wrote, such as 12: 45, 7, 33."
    ),
    "privacy.retention": _(
        "When names, addresses and messages of this event are deleted by themselves. You get a "
        "mail two weeks before."
    ),
}
OF_ANOTHER = {  # pages that are explained by another
    "events.edit_session": "events.sessions",
    "events.new_place": "events.places",
    "events.edit_place": "events.places",
    "events.new_zone": "events.places",
    "events.edit_zone": "events.places",
    "events.new_interpreter": "events.interpreters",
    "events.edit_interpreter": "events.interpreters",
    "participation.new": "participation.index",
    "participation.edit": "participation.index",
    "vocabularies.show": "vocabularies.index",
    "participants.new": "participants.edit",
    "organisations.edit": "organisations.index",
    "imports.show": "imports.index",
    "schedules.version": "schedules.index",
    "drafts.not_placed": "schedules.not_placed",
    "agendas.preview": "agendas.index",
    "mailings.new": "mailings.index",
    "mailings.edit": "mailings.index",
    "mailings.show": "mailings.index",
}


def help_for(endpoint: str) -> str:
    """The sentences for a page; empty where it explains itself."""
    return str(HELP.get(OF_ANOTHER.get(endpoint, endpoint), ""))
