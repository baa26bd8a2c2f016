"""Who may open what: one line per endpoint, and a route without its line fails.

A line names the people to whom the route is open, and what they get; everybody else gets 404, and
nobody in particular is sent to sign in. ``values`` and ``form`` fill the question and the form;
``exceptions`` are people who get something else than the rest to whom it is open.

The values in the addresses are those of ``world``: the forum of Dounia, in it the participant Amal.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

EVERYBODY = ("nobody", "amal", "chen", "zora", "dounia", "ester", "root")
SIGNED_IN = EVERYBODY[1:]


@dataclass(frozen=True)
class Line:
    people: tuple[str, ...]
    get: int | None = None
    post: int | None = None
    query: dict[str, str] = field(default_factory=dict)
    form: dict[str, str] = field(default_factory=dict)
    arguments: dict[str, str] = field(default_factory=dict)  # else those of the world
    exceptions: dict[tuple[str, str], int] = field(default_factory=dict)
    refused: tuple[str, ...] = ()  # whose POST changes nothing, though it is answered in words
    in_words: bool = False  # so is whoever names somebody else's, or what is no more

    def expected(self, role: str, method: str) -> int:
        if (role, method) in self.exceptions:
            return self.exceptions[role, method]
        if role in self.people:
            status = self.get if method == "GET" else self.post
            assert status is not None
            return status
        return 302 if role == "nobody" else 404


def page(*people: str, **changes: object) -> Line:
    """To be read."""
    return replace(Line(people, get=200), **changes)  # type: ignore[arg-type]


def form(*people: str, **changes: object) -> Line:
    """To be read and sent; sent empty, it comes back with what is missing."""
    return replace(Line(people, get=200, post=200), **changes)  # type: ignore[arg-type]


def deed(*people: str, **changes: object) -> Line:
    """A button: done, then led on."""
    return replace(Line(people, post=302), **changes)  # type: ignore[arg-type]


def either(people: tuple[str, ...], status: int) -> dict[tuple[str, str], int]:
    return {(role, method): status for role in people for method in ("GET", "POST")}


TAKES_PART = ("amal", "chen")
DOUNIA = ("dounia",)

ROUTES = {
    # home
    "home.front": page(*EVERYBODY),
    "home.health": page(*EVERYBODY),
    "home.ready": page(*EVERYBODY),
    "home.organise": page(*SIGNED_IN),
    "home.overview": page(*DOUNIA),
    "home.log": page(*DOUNIA),
    "home.numbers": page(*DOUNIA),
    "home.mailbox": page("root"),
    "home.letter": page("root"),
    # accounts
    "accounts.sign_in": form(*EVERYBODY, exceptions=either(SIGNED_IN, 302)),
    "accounts.link_sent": page(*EVERYBODY),
    "accounts.open_link": form(*EVERYBODY, post=302),
    "accounts.sign_in_with_password": form(*EVERYBODY),
    "accounts.sign_out": deed(*EVERYBODY),
    "accounts.language": deed(*EVERYBODY, form={"language": "ar"}),
    "accounts.account": form(*SIGNED_IN, post=302, form={"name": "New", "language": "ar"}),
    "accounts.password": form(*SIGNED_IN),
    "accounts.sign_out_everywhere": deed(*SIGNED_IN),
    # events
    "events.new": form("dounia", "ester", "root"),
    "events.edit": form(*DOUNIA),
    "events.phases": form(*DOUNIA),
    "events.sessions": form(*DOUNIA),
    "events.edit_session": form(*DOUNIA),
    "events.drop_session": deed(*DOUNIA),
    "events.places": form(*DOUNIA),
    "events.new_place": form(*DOUNIA),
    "events.edit_place": form(*DOUNIA),
    "events.drop_place": deed(*DOUNIA),
    "events.new_zone": form(*DOUNIA),
    "events.edit_zone": form(*DOUNIA),
    "events.drop_zone": deed(*DOUNIA),
    "events.interpreters": page(*DOUNIA),
    "events.new_interpreter": form(*DOUNIA),
    "events.edit_interpreter": form(*DOUNIA),
    "events.drop_interpreter": deed(*DOUNIA),
    "events.team": form(*DOUNIA),
    "events.change_member": deed(*DOUNIA, form={"role": "reader"}),
    "events.invite_member_again": deed(*DOUNIA),
    "events.drop_member": deed(*DOUNIA),
    "events.leave": deed(*DOUNIA),
    # notices
    # looks
    "looks.sheet": page(*EVERYBODY),
    "looks.logo": page(*EVERYBODY),
    "looks.edit": form(*DOUNIA, post=302),
    "looks.change_logo": deed(*DOUNIA),
    "looks.sample": page(*DOUNIA),
    "looks.sample_sheet": page(*DOUNIA),
    "notices.settings": form(*DOUNIA),
    "notices.choose": form(*EVERYBODY, post=302, form={"kind": "request", "deed": "stop"}),
    "notices.one_click": replace(
        deed(*EVERYBODY, form={"List-Unsubscribe": "One-Click"}), post=204
    ),
    # editions
    "editions.new": form("dounia", "ester", "root"),
    # setups
    "setups.take": form(*DOUNIA),
    "setups.new": form("dounia", "ester", "root"),
    # inspection
    "inspection.index": page(*DOUNIA),
    # limits
    "limits.index": form(*DOUNIA, post=302),
    "limits.new_pause": form(*DOUNIA),
    "limits.edit_pause": form(*DOUNIA),
    "limits.drop_pause": deed(*DOUNIA),
    "limits.mine": form(*TAKES_PART, post=302),
    "limits.theirs": form(*DOUNIA, post=302),
    # programme
    "programme.index": page(*DOUNIA),
    "programme.new": form(*DOUNIA),
    "programme.edit": form(*DOUNIA),
    "programme.drop": deed(*DOUNIA),
    "programme.people": page(*DOUNIA, query={"q": "third"}),
    "programme.add": deed(*DOUNIA),
    "programme.strike": deed(*DOUNIA),
    "programme.mine": page(*TAKES_PART),
    "programme.join": deed(*TAKES_PART),
    "programme.part": deed(*TAKES_PART),
    # vocabularies
    "vocabularies.index": page(*DOUNIA),
    "vocabularies.show": form(*DOUNIA, arguments={"kind": "sector"}),
    "vocabularies.edit": form(*DOUNIA),
    "vocabularies.move": deed(*DOUNIA, form={"way": "down"}),
    "vocabularies.drop": deed(*DOUNIA),
    # participation
    "participation.index": page(*DOUNIA),
    "participation.new": form(*DOUNIA),
    "participation.edit": form(*DOUNIA),
    "participation.move": deed(*DOUNIA, form={"way": "down"}),
    "participation.drop": deed(*DOUNIA),
    "participation.new_question": form(*DOUNIA),
    "participation.edit_question": form(*DOUNIA),
    "participation.move_asked": deed(*DOUNIA, form={"way": "down"}),
    "participation.drop_question": deed(*DOUNIA),
    # organisations
    "organisations.index": page(*DOUNIA),
    "organisations.edit": form(*DOUNIA),
    "organisations.logo": page(*DOUNIA),
    "organisations.delegations": form(*DOUNIA),
    "organisations.edit_delegation": form(*DOUNIA),
    "organisations.invite_leader": deed(*DOUNIA, form={"address": "new@people.example"}),
    "organisations.drop_delegation": deed(*DOUNIA),
    # participants
    "participants.returned": page(*DOUNIA),
    "participants.new": form(*DOUNIA),
    "participants.edit": form(*DOUNIA),
    "participants.give": deed(*DOUNIA, form={"whose": "chen@people.example"}),
    "participants.take": deed(*DOUNIA),
    "participants.mail_link": deed(*DOUNIA),
    "participants.reset_secret": deed(*DOUNIA),
    "participants.front": page(*EVERYBODY),
    "participants.register": form(*EVERYBODY, exceptions=either(TAKES_PART, 302)),
    "participants.register_step": deed(*EVERYBODY, get=302),
    "participants.resume": page(*EVERYBODY, get=302),
    "participants.anew": deed(*EVERYBODY),
    "participants.registered": form(*EVERYBODY, post=302),
    "participants.write_once_more": deed(*EVERYBODY),
    "participants.my_answers": form(*TAKES_PART, post=302),
    "participants.edit_answers": form(*DOUNIA, post=302),
    "participants.profile": form(*TAKES_PART),
    "participants.organisation": form(*TAKES_PART, post=302),
    "participants.logo": page(*TAKES_PART),
    "participants.visibility": form(*TAKES_PART, post=302),
    "participants.consent": deed(*TAKES_PART),
    "participants.act": deed(*DOUNIA),
    # histories
    "histories.of_person": page(*DOUNIA),
    "histories.of_organisation": page(*DOUNIA),
    "histories.mine": page(*TAKES_PART),
    # teams
    "teams.index": page(*TAKES_PART),
    "teams.new": form(*TAKES_PART),
    "teams.colleague": page("chen"),
    "teams.change": deed("chen", form={"deed": "manager"}),
    "teams.own": deed(*TAKES_PART, form={"lets_act": "yes"}),
    "teams.act": deed(*TAKES_PART),
    # delegations
    "delegations.mine": page("chen"),
    "delegations.day": page("chen"),
    "delegations.sheet": page("chen"),
    # marketplace
    "marketplace.mine": page(*TAKES_PART),
    "marketplace.new": form(*TAKES_PART),
    "marketplace.edit": form("amal", post=302),
    "marketplace.drop": deed("amal"),
    "marketplace.ledger": page(*DOUNIA),
    "marketplace.take_out": deed(*DOUNIA),
    # wishes
    "wishes.about": deed(*TAKES_PART),
    "wishes.index": page(*DOUNIA),
    "wishes.new": form(*DOUNIA),
    "wishes.remove": deed(*DOUNIA),
    "wishes.meetings": page(*DOUNIA),
    "wishes.without": form(*DOUNIA, post=302),
    "wishes.home": page(*TAKES_PART),
    "wishes.person": page(*TAKES_PART),
    "wishes.organisation": page(*TAKES_PART),
    "wishes.mine": page(*TAKES_PART),
    "wishes.order": deed(*TAKES_PART, form={"up": "never-was"}),
    "wishes.grade": deed(*TAKES_PART, form={"grade": "like"}),
    "wishes.grade_organisation": deed(*TAKES_PART, form={"grade": "like"}),
    "wishes.remark": deed(*TAKES_PART, form={"text": "Pumps?"}, in_words=True),
    "wishes.renew": deed(*TAKES_PART, refused=("amal",)),
    "wishes.rules": form(*DOUNIA, post=302),
    "wishes.answer": deed(*TAKES_PART, form={"answer": "accept"}, refused=("chen",)),
    # catalogue
    "catalogue.people": page(*TAKES_PART),
    "catalogue.entries": page(*TAKES_PART),
    "catalogue.bookmark": deed("chen", form={"keep": "yes"}, exceptions={("amal", "POST"): 404}),
    # suggestions
    "suggestions.index": form(*TAKES_PART),
    # imports
    "imports.index": form(*DOUNIA),
    "imports.template": page(*DOUNIA),
    "imports.show": form(*DOUNIA, post=302),
    "imports.faulty": page(*DOUNIA),
    "imports.columns": form(*DOUNIA, post=302),
    "imports.drop": deed(*DOUNIA),
    # segments
    "segments.index": page(*DOUNIA, query={"edit": "amal"}),
    "segments.columns": deed(*DOUNIA, form={"columns": "job"}),
    "segments.change_row": deed(*DOUNIA, post=200),
    "segments.deed": form(*DOUNIA, query={"deed": "withdrawn", "ids": "amal"}),
    "segments.segments": page(*DOUNIA),
    "segments.keep": deed(*DOUNIA, form={"name": "New"}),
    "segments.edit_segment": form(*DOUNIA, post=302),
    "segments.drop": deed(*DOUNIA),
    # merging
    "merging.index": page(*DOUNIA),
    "merging.compare": form(
        *DOUNIA,
        post=302,
        query={"stays": "amal", "goes": "chen"},
        arguments={"kind": "participant"},
    ),
    # exports
    "exports.index": page(*DOUNIA),
    "exports.file": page(*DOUNIA, arguments={"export": "everything", "ending": "json"}),
    # capacity
    "capacity.index": form(*DOUNIA),
    "capacity.state": page(*DOUNIA),
    # schedules
    "schedules.index": form(*DOUNIA),
    "schedules.run": page(*DOUNIA),
    "schedules.news": page(*DOUNIA),
    "schedules.state": page(*DOUNIA),
    "schedules.stop": deed(*DOUNIA),
    "schedules.version": page(*DOUNIA),
    "schedules.board": page(*DOUNIA),
    "schedules.whole_board": page(*DOUNIA),
    "schedules.people": page(*DOUNIA),
    "schedules.person": page(*DOUNIA),
    "schedules.not_placed": page(*DOUNIA),
    "schedules.differences": page(*DOUNIA),
    "schedules.problem_file": page(*DOUNIA),
    "schedules.schedule_file": page(*DOUNIA),
    "schedules.join_part": deed(*DOUNIA),
    "schedules.publish_version": form(
        *DOUNIA, post=302, arguments={"version_id": "forum-draft"}, form={"seen": "9"}
    ),
    "schedules.unpublish_version": deed(*DOUNIA, form={"seen": "1"}),
    "schedules.scenarios": form(*DOUNIA),
    "schedules.scenario": page(*DOUNIA, arguments={"run_id": "forum-scenario"}),
    "schedules.adopt_scenario": deed(*DOUNIA, arguments={"run_id": "forum-scenario"}),
    "schedules.my_not_placed": page(*TAKES_PART),
    # bookings
    "bookings.choose": form(*TAKES_PART, post=302, arguments={"participant_id": "third-forum"}),
    "bookings.modes": form(*DOUNIA, post=302),
    # drafts
    "drafts.open_version": deed(*DOUNIA),
    "drafts.board": page(*DOUNIA),
    "drafts.options": page(*DOUNIA, query={"meeting": "amal~third-forum"}),
    "drafts.news": page(*DOUNIA, query={"seen": "7"}),
    "drafts.change": deed(*DOUNIA, form={"kind": "lock", "meeting": "amal~third-forum"}),
    "drafts.meeting": page(*DOUNIA),
    "drafts.cures": form(*DOUNIA, post=302, arguments={"version_id": "forum-draft"}),
    "drafts.not_placed": page(*DOUNIA),
    "drafts.log": page(*DOUNIA),
    "drafts.solve": deed(*DOUNIA, form={"aim": "improve"}),
    "drafts.take": deed(*DOUNIA, arguments={"run_id": "forum-draft-run"}),
    # agendas
    "agendas.index": page(*DOUNIA),
    "agendas.preview": page(*DOUNIA, arguments={"kind": "agendas"}),
    "agendas.picture": page(*DOUNIA, arguments={"kind": "cards", "number": "0"}),
    "agendas.ask": deed(*DOUNIA, form={"kind": "agendas"}),
    "agendas.pack": page(*DOUNIA),
    "agendas.pack_file": page(*DOUNIA),
    "agendas.one_agenda": page(*DOUNIA, query={"participant": "amal"}),
    "agendas.one_card": page(*DOUNIA, query={"place": "forum-T1"}),
    "agendas.attendance": page(*DOUNIA, query={"item": "forum-talk"}),
    "agendas.meetings_as_table": page(*DOUNIA),
    "agendas.agendas_as_table": page(*DOUNIA),
    "agendas.unplaced_as_table": page(*DOUNIA),
    "agendas.meetings_as_calendar": page(*DOUNIA),
    "agendas.mine": page(*TAKES_PART),
    "agendas.mine_as_pdf": page(*TAKES_PART),
    "agendas.mine_as_calendar": page(*TAKES_PART),
    "agendas.worker_script": page(*EVERYBODY),
    "agendas.seen": deed(*TAKES_PART),
    "agendas.meeting": form("amal", post=302),
    "agendas.cancel": form("amal"),
    "agendas.ask_move": form("amal"),
    "agendas.answer_move": form("amal", post=302),
    "agendas.take_back_move": deed(*TAKES_PART),
    "agendas.take_back_act": deed("amal"),
    "agendas.cannot_come": form(*TAKES_PART, post=302),
    "agendas.new_address": deed(*TAKES_PART),
    "agendas.live": page(*EVERYBODY),
    "agendas.live_calendar": page(*EVERYBODY),
    # paper
    "paper.index": form(*DOUNIA),
    "paper.number": deed(*DOUNIA),
    "paper.catalogue": page(*DOUNIA, arguments={"language": "fr"}),
    "paper.blank": page(*DOUNIA, arguments={"language": "ar"}),
    "paper.sheets": page(*DOUNIA),
    # mailings
    "mailings.index": page(*DOUNIA),
    "mailings.new": form(*DOUNIA),
    "mailings.edit": form(*DOUNIA, post=302),
    "mailings.show": page(*DOUNIA),
    "mailings.test": deed(*DOUNIA, form={"person": "amal"}),
    "mailings.send": deed(*DOUNIA, form={"seen": "3"}),
    "mailings.drop": deed(*DOUNIA),
    # privacy
    "privacy.download": page(*SIGNED_IN),
    "privacy.delete": form(
        *SIGNED_IN,
        exceptions={(role, "POST"): 302 for role in ("amal", "chen", "zora", "root")},
    ),
    "privacy.read": page(*SIGNED_IN),
    "privacy.retention": form(*DOUNIA),
}

# Arguments that are no ids of objects of an event. A letter is the installation's.
WORDS = {
    "export",
    "ending",
    "kind",
    "number",
    "role",
    "step",
    "language",
    "event_id",
    "slug",
    "letter_id",
}
# Whoever holds such an address is let in by it: another one is nobody's.
CAPABILITIES = {"token", "secret", "ticket", "draft_token"}
# What a mailbox asks for in its reader's name: without a page, hence without a form's token.
WITHOUT_TOKEN = {"notices.one_click"}

# The pages of a team by the least role that opens and does them; those not named are an
# organiser's. Where reading needs less, the second is for that.
STAFF = {
    "owner": (
        "events.change_member", "events.invite_member_again", "events.drop_member",
        "privacy.retention",
    ),
    "helper": (
        "exports.index", "exports.file",
        "participants.act", "histories.of_organisation",
        "organisations.index", "organisations.edit", "organisations.logo",
        "organisations.delegations", "organisations.edit_delegation",
        "organisations.invite_leader", "organisations.drop_delegation",
        "marketplace.ledger", "marketplace.take_out", "limits.theirs",
        "programme.people", "programme.add", "programme.strike",
        "wishes.index", "wishes.new", "wishes.remove", "wishes.meetings",
        "imports.index", "imports.template", "imports.show", "imports.columns",
        "imports.faulty", "imports.drop",
        "schedules.scenario", "schedules.run", "schedules.news", "schedules.state",
        "schedules.differences",
        "drafts.open_version", "drafts.board", "drafts.options", "drafts.news", "drafts.change",
        "drafts.meeting", "drafts.cures", "drafts.not_placed", "drafts.log", "drafts.solve",
        "drafts.take",
        "agendas.preview", "agendas.picture", "agendas.ask", "agendas.pack", "agendas.pack_file",
        "agendas.meetings_as_table",
        "agendas.agendas_as_table", "agendas.unplaced_as_table", "agendas.meetings_as_calendar",
    ),
    "desk": (
        "home.overview", "home.numbers",
        "segments.index", "segments.columns", "segments.change_row",
        "participants.returned", "participants.new", "participants.edit",
        "participants.mail_link", "participants.reset_secret",
        "participants.edit_answers", "histories.of_person",
        "paper.index", "paper.number", "paper.catalogue", "paper.blank", "paper.sheets",
        "schedules.version", "schedules.board", "schedules.whole_board", "schedules.people",
        "schedules.person", "schedules.not_placed",
        "agendas.index", "agendas.one_agenda", "agendas.one_card", "agendas.attendance",
    ),
    "reader": ("events.leave",),
}  # fmt: skip
READ_BY = {
    "events.team": ("organiser", "owner"),
    "wishes.without": ("helper", "organiser"),
    "schedules.index": ("desk", "organiser"),
    "schedules.scenarios": ("helper", "organiser"),
}
