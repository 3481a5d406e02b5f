# SPDX-License-Identifier: Apache-2.0
"""Text of values that may hold one object twice, or themselves: [#1=[1], #1]."""


class Labels:
    """members gives the members of a container and None of others; written the text of a value."""

    def __init__(self, members, written):
        self.members = members
        self.written = written
        self.met = set()
        self.again = set()
        self.numbers = {}

    def of(self, value):
        self.look_for(value)
        return self.text(value)

    def look_for(self, value):
        members = self.members(value)
        if not members:
            return
        if id(value) in self.met:
            self.again.add(id(value))
            return
        self.met.add(id(value))
        for member in members:
            self.look_for(member)

    def text(self, value):
        if id(value) not in self.again:
            return self.written(value, self.text)
        if id(value) in self.numbers:
            return "#%d" % self.numbers[id(value)]
        self.numbers[id(value)] = len(self.numbers) + 1
        return "#%d=%s" % (self.numbers[id(value)], self.written(value, self.text))
