// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.pb.PbServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What users may rely on is what {@code api.txt} says, and changes on purpose only. */
class ApiTest {
  private static final Path KEPT = Path.of("api.txt");
  private static final String ACCEPT = "mvn -pl pb test -Dtest=ApiTest -Dpb.api=accept";

  private static final Pattern NAME = Pattern.compile("[a-z]\\w*(\\.[a-z]\\w*)+(\\.[A-Z]\\w*)");

  private static List<String> now() throws Exception {
    return ApiDescription.of(
        Path.of(PbServer.class.getProtectionDomain().getCodeSource().getLocation().toURI()));
  }

  @Test
  void itIsWhatItWas() throws Exception {
    if ("accept".equals(System.getProperty("pb.api"))) {
      Files.write(KEPT, now());
    }
    ApiChange change = ApiChange.between(Files.readAllLines(KEPT), now());
    assertThat(change.isNone())
        .as(
            """
            The API is no longer what pb/api.txt says:
            %s
            This %s. pb/README.md says what that means for the next version. If it is meant,
            put it into CHANGELOG.md and run: %s
            """,
            change,
            change.breaksPrograms()
                ? "can break programs that there are"
                : "adds, and breaks no program that there is",
            ACCEPT)
        .isTrue();
  }

  /** In place of the lint "exports", which would have Micrometer required of everybody. */
  @Test
  void itSpeaksOfNothingThatUsersDoNotSee() throws Exception {
    for (String line : now()) {
      Matcher name = NAME.matcher(line.replaceAll("\".*\"", ""));
      while (name.find()) {
        assertThat(name.group())
            .as(line)
            .matches(
                line.startsWith("dev.spindle.pb.micrometer.")
                    ? "(java|dev\\.spindle\\.pb|io\\.micrometer)\\..*"
                    : "(java|dev\\.spindle\\.pb|io\\.netty\\.buffer)\\..*")
            .doesNotStartWith("dev.spindle.pb.reach.");
      }
    }
  }

  /** Is not public itself, but what extends it is. */
  private abstract static class Hidden {
    static final int SECRET = 1;

    public void inherited() {}

    protected abstract void forSubclasses(int i);

    void unseen() {}
  }

  public abstract static class Shown extends Hidden implements Comparable<Shown> {
    public static final int MOST = 7;

    @Override
    public String toString() {
      return "";
    }
  }

  @Test
  void whatCanBeUsedIsDescribed() throws Exception {
    String type = "dev.spindle.pb.api.ApiTest$Shown";
    assertThat(ApiDescription.of(Shown.class))
        .containsExactlyInAnyOrder(
            type + ": protected abstract void forSubclasses(int)",
            type + ": public %s()".formatted(type),
            type
                + ": public abstract static class %1$s < %2$s$Hidden, java.lang.Comparable<%1$s>"
                    .formatted(type, ApiTest.class.getName()),
            type + ": public static final int MOST = \"7\"",
            type + ": public void inherited()");
  }

  @Test
  void aChangeTellsWhetherItBreaks() {
    String type = "a.B: public interface a.B < ";
    String method = "a.B: public abstract void m()";
    assertThat(ApiChange.between(List.of(type), List.of(type)).isNone()).isTrue();
    assertThat(ApiChange.between(List.of(type, method), List.of(type)).breaksPrograms()).isTrue();
    assertThat(ApiChange.between(List.of(type), List.of(type, method)).breaksPrograms()).isTrue();
    assertThat(ApiChange.between(List.of(), List.of(type, method)).breaksPrograms()).isFalse();
    assertThat(ApiChange.between(List.of(type), List.of(type, "a.B: public default void m()")))
        .matches(change -> !change.breaksPrograms())
        .hasToString("  + a.B: public default void m()");
  }
}
