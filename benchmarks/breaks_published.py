"""The best published approach to the literature's problem, rebuilt with python-sat.

Encoding imp12+ of Bofill and others (JAIR 74, 2022): table counters over clusters of meetings
that share a person, cardinality networks, an even number of at most 2L people per slot, sorted
holes; solved bottom-up by one incremental CaDiCaL with a totalizer. Knows nothing of the engine
but its sorting networks and the instance.
"""

from __future__ import annotations

from pysat.card import CardEnc, EncType, ITotalizer
from pysat.solvers import Cadical195

from solver.clauses import Clauses
from solver.problem import Problem


class Published:
    def __init__(self, problem: Problem) -> None:
        self.clauses = Clauses()
        self.slots = len(problem.slots)
        self.tables = len(problem.places or ())
        self.meetings = [_starts(problem, index) for index in range(len(problem.meetings))]
        self.literals = [{slot: self.clauses.new() for slot in row} for row in self.meetings]
        number = {each.id: index for index, each in enumerate(problem.participants)}
        self.pairs = [[number[side[0]] for side in each.sides] for each in problem.meetings]
        self.of: list[list[int]] = [[] for _ in number]
        for meeting, pair in enumerate(self.pairs):
            for person in pair:
                self.of[person].append(meeting)
        for row in self.literals:
            self.clauses.rows.append(list(row.values()))
            self.clauses.pairs(list(row.values()))
        self.busy = [self._union(mine, once=True) for mine in self.of]
        self._order(problem)
        self._count_tables()
        self._count_people()
        most = problem.rules.breaks_per_participant or self.slots
        self.holes = [each for person in range(len(self.of)) for each in self._holes(person, most)]

    def _union(self, meetings: list[int], *, once: bool) -> dict[int, int]:
        """By slot, a literal that is true where one of the meetings takes place."""
        found = {}
        for slot in range(self.slots):
            literals = [self.literals[m][slot] for m in meetings if slot in self.literals[m]]
            if not literals:
                continue
            found[slot] = literals[0] if len(literals) == 1 else self.clauses.new()
            if once:
                self.clauses.pairs(literals)
            if len(literals) > 1:
                self.clauses.rows += [[-each, found[slot]] for each in literals]
                self.clauses.rows.append([*literals, -found[slot]])
        return found

    def _order(self, problem: Problem) -> None:
        number = {each.id: index for index, each in enumerate(problem.meetings)}
        for later, meeting in enumerate(problem.meetings):
            for name in sorted(meeting.after):
                first, second = self.literals[number[name]], self.literals[later]
                for slot, literal in second.items():
                    self.clauses.add(-literal, *(x for s, x in first.items() if s < slot))
                for slot, literal in first.items():
                    self.clauses.add(-literal, *(x for s, x in second.items() if s > slot))

    def _count_tables(self) -> None:
        left = set(range(len(self.literals)))
        clusters = []
        while left:
            groups = [[m for m in mine if m in left] for mine in self.of]
            clusters.append(max(groups, key=len))
            left -= set(clusters[-1])
        unions = [self._union(each, once=False) for each in clusters]
        for slot in range(self.slots):
            on = [each[slot] for each in unions if slot in each]
            if len(on) > self.tables:
                top = self.clauses.top
                card = CardEnc.atmost(on, self.tables, top_id=top, encoding=EncType.seqcounter)
                self.clauses.rows += card.clauses
                self.clauses.top = max(top, card.nv)

    def _count_people(self) -> None:
        add = self.clauses.add
        for person, mine in enumerate(self.of):
            outputs = self.clauses.sort(list(self.busy[person].values()), len(mine) + 1)
            for index, output in enumerate(outputs):
                add(output if index < len(mine) else -output)
            if len(outputs) < len(mine):
                add()
        for slot in range(self.slots):
            here = [each[slot] for each in self.busy if slot in each]
            outputs = self.clauses.sort(here, 2 * self.tables + 1)
            for output in outputs[2 * self.tables :]:
                add(-output)
            for odd in range(0, len(outputs), 2):
                add(-outputs[odd], *outputs[odd + 1 : odd + 2])

    def _holes(self, person: int, most: int) -> list[int]:
        busy, held, found = self.busy[person], 0, []
        for slot in range(self.slots - 1):
            here, following = busy.get(slot), busy.get(slot + 1)
            before = held
            if here and held:
                held = self.clauses.new()
                self.clauses.rows += [[-before, held], [-here, held], [before, here, -held]]
            held = held or here or 0
            if before and following:
                found.append(self.clauses.new())
                wanted = [held, following, *([-here] if here else [])]
                self.clauses.rows += [[-found[-1], each] for each in wanted]
                self.clauses.add(found[-1], *(-each for each in wanted))
        outputs = self.clauses.sort(found, most + 1)
        self.clauses.rows += [[-each] for each in outputs[most:]]
        return outputs[:most]


def _starts(problem: Problem, index: int) -> list[int]:
    meeting = problem.meetings[index]
    absent = {s for side in meeting.sides for s in problem.participant_by_id[side[0]].absent}
    return [
        position
        for position, slot in enumerate(problem.slots)
        if slot.id not in absent
        and (meeting.slots is None or slot.id in meeting.slots)
        and meeting.fixed_slot in (None, slot.id)
    ]


def solve_published(problem: Problem) -> str:
    """The least number of breaks, or ``infeasible``. CaDiCaL is never interrupted: cut in slices
    of conflicts it takes several times as long. Who asks has to end the process.
    """
    encoding = Published(problem)
    bound = 0
    with (
        Cadical195(bootstrap_with=encoding.clauses.rows) as solver,
        ITotalizer(lits=encoding.holes, ubound=60, top_id=encoding.clauses.top) as sums,
    ):
        solver.append_formula(sums.cnf.clauses)
        while True:
            if solver.solve(assumptions=[-each for each in sums.rhs[bound : bound + 1]]):
                return str(bound)
            if not solver.get_core():
                return "infeasible"
            bound += 1
