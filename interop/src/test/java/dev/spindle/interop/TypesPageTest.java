// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop;

import static dev.spindle.interop.PageTable.code;
import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.interop.TypeRows.DeclaredFromJava;
import dev.spindle.interop.TypeRows.DeclaredFromPython;
import dev.spindle.interop.TypeRows.FromJava;
import dev.spindle.interop.TypeRows.FromPython;
import dev.spindle.pb.types.Types;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.time.Year;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The tables of {@code docs/pb/types.md} are what happens: each row is sent to Twisted or by
 * Twisted, and back. {@code -Dspindle.interop.types} writes them.
 */
@AgainstTwisted("Types")
class TypesPageTest {
  private static final Path PAGE = Path.of("../docs/pb/types.md");

  private static final Types TYPES =
      Types.builder()
          .copies(Declared.Item.class)
          .copies(Declared.Unknown.class)
          .caches("gardens.Pond", Garden.PondCopy::new)
          .converts(Year.class, Year::getValue, wire -> Year.of(((Long) wire).intValue()))
          .build();

  private final TwistedPeers peers;

  TypesPageTest(TwistedPeers peers) {
    this.peers = peers;
  }

  private Meeting meet(Pairing pairing) throws Exception {
    return peers.meet(pairing, settings -> settings.types(TYPES));
  }

  @Scenario("the table of what Python sends")
  void python(Pairing pairing) throws Exception {
    PageTable table =
        new PageTable(PAGE, "python", "Python", "sent", "Java gets", "Python gets back", "note");
    try (Meeting meeting = meet(pairing)) {
      for (FromPython row : PythonRows.ALL) {
        var told = meeting.twisted("reflect", "mirror", "echo", row.source());
        Reflection seen = Reflection.ofPython(told);
        table.row(
            code(told.get("kind").asText()),
            code(row.source()),
            seen.seen(),
            seen.back(),
            seen.noted(row.note()));
      }
    }
    compare(table);
  }

  @Scenario("the table of what Java sends")
  void java(Pairing pairing) throws Exception {
    PageTable table =
        new PageTable(PAGE, "java", "Java sends", "Python gets", "Java gets back", "note");
    try (Meeting meeting = meet(pairing)) {
      for (FromJava row : JavaRows.ALL) {
        Object value = row.value().apply(meeting);
        Reflection seen =
            Reflection.ofJava(value, () -> meeting.callMirror("echo", value), meeting);
        table.row(
            code(JavaText.cut(seen.sent())), seen.seen(), seen.back(), seen.noted(row.note()));
      }
    }
    compare(table);
  }

  @Scenario("the table of what Java sends by its declared type")
  void declaredSent(Pairing pairing) throws Exception {
    PageTable table =
        new PageTable(
            PAGE, "declared, sent", "declared", "Java sends", "Python gets", "back", "note");
    try (Meeting meeting = meet(pairing)) {
      Declared mirror = meeting.mirror().as(Declared.class);
      for (DeclaredFromJava row : DeclaredRows.SENT) {
        Method method = method(row.method());
        Reflection seen =
            Reflection.ofJava(row.value(), invoking(method, mirror, row.value()), meeting);
        table.row(
            code(declared(method)),
            code(JavaText.cut(seen.sent())),
            seen.seen(),
            seen.back(),
            seen.noted(row.note()));
      }
    }
    compare(table);
  }

  @Scenario("the table of what Java receives by its declared type")
  void declaredReceived(Pairing pairing) throws Exception {
    PageTable table =
        new PageTable(
            PAGE, "declared, received", "declared", "Python sends", "Java gets", "back", "note");
    try (Meeting meeting = meet(pairing)) {
      for (DeclaredFromPython row : DeclaredRows.RECEIVED) {
        Reflection seen =
            Reflection.ofPython(meeting.twisted("reflect", "declared", row.method(), row.source()));
        table.row(
            code(declared(method(row.method()))),
            code(row.source()),
            seen.seen(),
            seen.back(),
            seen.noted(row.note()));
      }
    }
    compare(table);
  }

  @Scenario("the table of what cannot be declared")
  void undeclarable(Pairing pairing) throws Exception {
    PageTable table = new PageTable(PAGE, "undeclarable", "declared", "why not");
    try (Meeting meeting = meet(pairing)) {
      for (Class<?> face : Undeclarable.ALL) {
        String reason = Undeclarable.reason(face, () -> meeting.mirror().as(face));
        table.row(code(declared(face.getDeclaredMethods()[0])), reason);
      }
    }
    compare(table);
  }

  @Test
  void everyDeclaredTypeHasRowsInBothDirections() {
    Set<String> sent = new TreeSet<>();
    Set<String> received = new TreeSet<>();
    DeclaredRows.SENT.forEach(row -> sent.add(row.method()));
    DeclaredRows.RECEIVED.forEach(row -> received.add(row.method()));
    Set<String> methods = new TreeSet<>();
    Arrays.stream(Declared.class.getDeclaredMethods()).forEach(each -> methods.add(each.getName()));
    assertThat(received).isEqualTo(methods);
    methods.remove("aReference"); // one has to be received before it is sent
    assertThat(sent).isEqualTo(methods);
  }

  private static void compare(PageTable table) throws IOException {
    if (System.getProperty("spindle.interop.types") != null) {
      table.write();
    }
    assertThat(table.shown().lines())
        .as("a table of %s", PAGE)
        .containsExactlyElementsOf(table.expected().lines().toList());
  }

  private static Method method(String name) {
    return Arrays.stream(Declared.class.getDeclaredMethods())
        .filter(each -> each.getName().equals(name))
        .findAny()
        .orElseThrow(() -> new AssertionError("no method " + name));
  }

  private static Callable<@Nullable Object> invoking(
      Method method, Declared mirror, @Nullable Object value) {
    return () -> {
      try {
        return method.invoke(mirror, value);
      } catch (InvocationTargetException e) {
        throw e.getCause() instanceof Exception cause ? cause : e;
      }
    };
  }

  /** The type as its source has it. */
  private static String declared(Method method) {
    String type = method.getGenericReturnType().getTypeName().replaceAll("[\\w.]+[.$]", "");
    boolean isNullable = method.getAnnotatedReturnType().isAnnotationPresent(Nullable.class);
    return (isNullable ? "@Nullable " : "") + type;
  }
}
