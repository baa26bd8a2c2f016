"""Clauses over numbered literals, and how to count with them.

Rows with equal factors become cardinality networks (Asin and others, *Cardinality Networks: a
theoretical and empirical study*, Constraints 16, 2011), totalizers (Bailleux and Boufkhad,
*Efficient CNF Encoding of Boolean Cardinality Constraints*, CP 2003) or sequential counters
(Sinz, *Towards an Optimal CNF Encoding of Boolean Cardinality Constraints*, CP 2005); other rows
a decision diagram (Eén and Sörensson, *Translating Pseudo-Boolean Constraints into SAT*, JSAT 2,
2006).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

LARGEST_CLIQUE = 24  # literals of an at-most-one written pair by pair; beyond, in groups
MOST_NODES = 20_000  # of the decision diagram of one row
Terms = list[tuple[int, int]]  # factor above 0, literal


class TooManySums(Exception):
    """The decision diagram of a row would be too large."""


class Clauses:
    """Clauses over the literals 1 ... ``top``; a negative number is a negation."""

    def __init__(self, top: int = 0) -> None:
        self.top = top
        self.rows: list[list[int]] = []
        self._true = 0

    def new(self) -> int:
        self.top += 1
        return self.top

    def add(self, *literals: int) -> None:
        self.rows.append(list(literals))

    @property
    def true(self) -> int:
        """A literal that is always true; its negation is what can never be."""
        if not self._true:
            self._true = self.new()
            self.add(self._true)
        return self._true

    def add_open(self, *literals: int) -> None:
        """What is known is left out: nothing is added where one literal is always true."""
        if self.true not in literals:
            self.rows.append([each for each in literals if each != -self.true])

    def at_most_one(self, literals: Sequence[int]) -> None:
        """Pairs; a long list is cut in groups, of which each but the last hands on its sum."""
        rest = list(literals)
        while len(rest) > LARGEST_CLIQUE:
            group, rest = rest[: LARGEST_CLIQUE // 2], rest[LARGEST_CLIQUE // 2 :]
            either = self.new()
            for literal in group:
                self.add(-literal, either)
            self.pairs(group)
            rest.append(either)
        self.pairs(rest)

    def pairs(self, literals: Sequence[int]) -> None:
        self.rows += [[-one, -other] for one, other in combinations(literals, 2)]

    def at_most(self, terms: Terms, most: int, unless: list[int]) -> None:
        """``sum of factor x literal <= most``, or one literal of ``unless`` is true."""
        terms = [(min(factor, most + 1), literal) for factor, literal in terms]
        if most < 0:
            self.rows.append(unless)
        elif sum(factor for factor, _ in terms) <= most:
            return
        elif any(factor != terms[0][0] for factor, _ in terms):
            self._weigh(terms, most, unless)
        else:
            literals = [literal for _, literal in terms]
            self.at_most_count(literals, most // terms[0][0], unless)

    def at_most_count(self, literals: list[int], most: int, unless: list[int]) -> None:
        if most == 0:
            self.rows += [[-literal, *unless] for literal in literals]
        elif most == 1 and not unless:
            self.at_most_one(literals)
        elif 2 * most > len(literals) and len(literals) - most <= 1:
            self.rows.append([-literal for literal in literals] + unless)
        else:
            self.rows.append([-self.sort(literals, most + 1)[most], *unless])

    def sort(self, literals: Sequence[int], first: int) -> list[int]:
        """The first outputs of a merge sort: output i is true where more than i literals are.

        Both ways: an output that is true needs so many literals. Batcher's odd-even merge,
        without what only later outputs need.
        """
        if len(literals) <= 1:
            return list(literals)
        half = len(literals) // 2
        upper, lower = self.sort(literals[:half], first), self.sort(literals[half:], first)
        return self._merge(upper, lower)[:first]

    def _merge(self, one: list[int], other: list[int]) -> list[int]:
        if not one or not other:
            return one or other
        if len(one) == len(other) == 1:
            return self._compare(one[0], other[0])
        even = self._merge(one[0::2], other[0::2])
        odd = self._merge(one[1::2], other[1::2])
        merged = [even[0]]
        for index in range(max(len(even) - 1, len(odd))):
            here = [lines[at] for lines, at in ((odd, index), (even, index + 1)) if at < len(lines)]
            merged += self._compare(*here) if len(here) == 2 else here
        return merged

    def _compare(self, one: int, other: int) -> list[int]:
        either, both = self.new(), self.new()
        self.rows += [[-one, either], [-other, either], [one, other, -either]]
        self.rows += [[-both, one], [-both, other], [-one, -other, both]]
        return [either, both]

    def _weigh(self, terms: Terms, most: int, unless: list[int]) -> None:
        """A decision diagram: a node's literal is false where its rest cannot be kept."""
        terms = sorted(terms, reverse=True)
        tails = [0]
        for factor, _ in reversed(terms):
            tails.append(tails[-1] + factor)
        tails.reverse()
        nodes: dict[tuple[int, int], int] = {}
        open_nodes = [(0, most)]
        while open_nodes:
            index, left = open_nodes.pop()
            factor, literal = terms[index]
            node = self._node(nodes, (index, left))
            for spent, condition in ((factor, [-literal]), (0, [])):
                rest = left - spent
                if rest < 0:
                    self.rows.append([*condition, -node])
                elif tails[index + 1] > rest:
                    if (index + 1, rest) not in nodes:
                        open_nodes.append((index + 1, rest))
                    self.rows.append([*condition, -node, self._node(nodes, (index + 1, rest))])
            if len(nodes) > MOST_NODES:
                raise TooManySums
        self.rows.append([nodes[0, most], *unless])

    def _node(self, nodes: dict[tuple[int, int], int], key: tuple[int, int]) -> int:
        if key not in nodes:
            nodes[key] = self.new()
        return nodes[key]

    def either(self, literals: Sequence[int]) -> int:
        """A literal that is true where one of these is."""
        if len(literals) == 1:
            return literals[0]
        found = self.new()
        self.rows += [[-each, found] for each in literals]
        self.rows.append([*literals, -found])
        return found

    def total(self, literals: Sequence[int], first: int, *, both_ways: bool = True) -> list[int]:
        """What ``sort`` says, as a totalizer: half as many literals, more clauses.

        One way: more literals than i make output i true, which may be true without them.
        """
        if len(literals) <= 1:
            return list(literals)
        half = len(literals) // 2
        one = self.total(literals[:half], first, both_ways=both_ways)
        other = self.total(literals[half:], first, both_ways=both_ways)
        outputs = [self.new() for _ in range(min(first, len(one) + len(other)))]
        false, lacking = [-each for each in one], [-each for each in other]
        self._add_up(false, lacking, outputs[1:])  # so many are true: so many outputs
        self._carry(false, outputs)
        self._carry(lacking, outputs)
        if both_ways:
            denied = [-each for each in outputs]
            self._add_up(one, other, denied)  # so many are false: no more outputs
            self._carry(one, denied[len(other) :])
            self._carry(other, denied[len(one) :])
        return outputs

    def _add_up(self, one: list[int], other: list[int], sums: list[int]) -> None:
        """Literal i of one list or j of the other, or sum i + j."""
        self.rows += [
            [each, more, sum_]
            for index, each in enumerate(one)
            for more, sum_ in zip(other, sums[index:], strict=False)
        ]

    def _carry(self, literals: list[int], sums: list[int]) -> None:
        self.rows += map(list, zip(literals, sums, strict=False))

    def exactly(self, literals: Sequence[int], number: int) -> list[list[int]]:
        """A sequential counter. Returns its rows: after each literal, of each count from 0 to
        ``number + 1`` whether so many are true so far; none where literals are too few.
        """
        if len(literals) < number:
            self.add()
            return []
        counts = []
        before = [self.true] + [-self.true] * (number + 1)
        for index, literal in enumerate(literals, 1):
            due = max(0, number - len(literals) + index)  # so many have to be true by now
            possible = min(index, number)
            here = [self.true] * (due + 1) + [self.new() for _ in range(due, possible)]
            here += [-self.true] * (number + 2 - len(here))
            for count in range(max(1, due), min(possible + 2, number + 2)):
                more, kept, reached = before[count - 1], before[count], here[count]
                self.add_open(-kept, reached)
                self.add_open(-more, -literal, reached)
                self.add_open(-reached, kept, literal)
                self.add_open(-reached, more)
            before = here
            counts.append(here)
        return counts

    def at_most_in_turn(self, literals: Sequence[int], most: int) -> None:
        """A sequential counter one way: what comes early in the list is counted first."""
        if most == 0:
            self.rows += [[-each] for each in literals]
        before: list[int] = []
        for literal in literals if 0 < most < len(literals) else ():
            if len(before) == most:
                self.add(-literal, -before[-1])
            here = [self.new() for _ in range(min(most, len(before) + 1))]
            self.add(-literal, here[0])
            for index, (one, more) in enumerate(zip(before, [*here[1:], 0], strict=False)):
                self.add(-one, here[index])
                if more:
                    self.add(-one, -literal, more)
            before = here
