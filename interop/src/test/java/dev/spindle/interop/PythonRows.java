// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop;

import static dev.spindle.interop.TypeRows.python;

import dev.spindle.interop.TypeRows.FromPython;
import java.util.List;

/** Every type of Python that a program may think of sending. */
final class PythonRows {
  private static final String SUBCLASS = "Twisted sends exact types only";
  private static final String UNKNOWN = "a placeholder: Twisted cannot send it";
  private static final String CODE = "code does not travel";
  private static final String ZONE = "Twisted sends no zones: send UTC, and say so";

  private PythonRows() {}

  static final List<FromPython> ALL =
      List.of(
          python("None"),
          python("True"),
          python("7"),
          python("2**31"),
          python("-2**63"),
          python("2**63"),
          python("2**448 - 1"),
          python("2**448", "the limit is 448 bits"),
          python("1.5"),
          python("3.0"),
          python("-0.0"),
          python("math.nan"),
          python("math.inf"),
          python("'tea'"),
          python("'caf\\u00e9 \\U0001f375'"),
          python("'\\ud800'", "half a character is none"),
          python("b'tea'"),
          python("[1, 'a']"),
          python("(1, 'a')"),
          python("()"),
          python("{'b': 1, 'a': [2]}"),
          python("{1: 'x', (1, 2): 'y', None: 'z'}"),
          python("{1, 2}"),
          python("frozenset({1, 2})"),
          python("a = [1]; [a, a]"),
          python("a = [1]; a.append(a); a"),
          python("{float('nan'), float('nan')}", "all NaNs are one to Java"),
          python("datetime.datetime(2020, 7, 11, 1, 16, 5, 344)"),
          python("datetime.datetime(2020, 10, 25, 2, 30, fold=1)", "the fold is lost"),
          python("datetime.datetime(2020, 7, 11, tzinfo=datetime.timezone.utc)", ZONE),
          python("datetime.date(2020, 7, 11)"),
          python("datetime.time(1, 16, 5, 344)"),
          python("datetime.time(1, 16, tzinfo=datetime.timezone.utc)", ZONE),
          python("datetime.timedelta(microseconds=-1)"),
          python("datetime.timedelta.max"),
          python("Decimal('1.50')"),
          python("Decimal('1E+10')"),
          python("Decimal('-0')", "the sign of zero is lost"),
          python("Decimal('NaN')", "Twisted sends numbers only"),
          python("Decimal('Infinity')", "Twisted sends numbers only"),
          python("Decimal('1E+3000000000')", "a scale has 32 bits in Java"),
          python("Thing()"),
          python("theirs"),
          python("Item('tea', 250)"),
          python("Pond()"),
          python("Stranger()", "a tag that is not registered here is refused by name"),
          python("Unprepared()", UNKNOWN),
          python("object()", UNKNOWN),
          python("Colour.RED", UNKNOWN + ". Send its name"),
          python("Level.LOW", SUBCLASS),
          python("Point(1, 2)", SUBCLASS + ". Send a `tuple(…)` of it"),
          python("collections.OrderedDict(a=1)", SUBCLASS + ". Send a `dict(…)` of it"),
          python("collections.defaultdict(list)", SUBCLASS),
          python("collections.deque([1])", UNKNOWN),
          python("bytearray(b'a')", UNKNOWN + ". Send a `bytes(…)` of it"),
          python("memoryview(b'a')", UNKNOWN),
          python("array.array('d', [1.5])", UNKNOWN + ". Send a `list(…)` of it"),
          python("range(3)", UNKNOWN + ". Send a `list(…)` of it"),
          python("iter([1])", UNKNOWN),
          python("1j", UNKNOWN),
          python("Fraction(1, 3)", UNKNOWN),
          python("uuid.UUID(int=1)", UNKNOWN + ". Send a `str(…)` of it"),
          python("Path('/srv')", UNKNOWN + ". Send a `str(…)` of it"),
          python("Ellipsis", UNKNOWN),
          python("ValueError('no')", UNKNOWN + ". One that is raised is an [error](errors.md)"),
          python(
              "Failure(ValueError('no'))",
              UNKNOWN + ". One that is raised is an [error](errors.md)"),
          python("int", "a class is refused here: " + CODE),
          python("lambda: 0", CODE),
          python("len", CODE),
          python("'-'.join", CODE),
          python("Thing().remote_ping", CODE),
          python("math", CODE));
}
