// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.interop.Checkout.Ended;
import dev.spindle.interop.Checkout.Start;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher as a user meets it: in a fresh checkout, whose path has a space in it. All tests
 * share one build, for it takes a while; each leaves the checkout as it found it.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
final class LauncherTest {
  private static final String BUILDING = "spindle: building from source";
  private static final String VERSION_LINE = "spindle \\d+\\.\\d+\\.\\d+\\S*\\R";

  @TempDir static Path temp;
  private static Checkout checkout;
  private static List<Ended> firstUses;

  @BeforeAll
  static void useItTwiceAtOnce() throws IOException {
    checkout = Checkout.copyTo(temp.resolve("a checkout"));
    List<Start> starts = List.of(checkout.start("--version"), checkout.start("--version"));
    firstUses = starts.stream().map(Start::end).toList();
  }

  @Test
  void twoFirstUsesAtOnceBuildOnce() {
    assertThat(firstUses)
        .allSatisfy(use -> assertThat(use.code()).as(use.err()).isZero())
        .allSatisfy(use -> assertThat(use.out()).matches(VERSION_LINE));
    assertThat(firstUses).filteredOn(use -> use.err().contains(BUILDING)).hasSize(1);
  }

  @Test
  void theBuildLeavesNothingUnfinished() throws IOException {
    assertThat(names(".spindle")).containsExactly("build", "build.log", "dist", "stamp");
    assertThat(names(".spindle/build")).isEmpty();
  }

  @Test
  void aLaterStartSaysNothingOfItsOwn() {
    Ended start = checkout.start("--version").end();
    assertThat(start.err()).isEmpty();
    assertThat(start.out()).isEqualTo(firstUses.get(0).out());
  }

  @Test
  void aSymbolicLinkFromElsewhereWorks() throws IOException {
    Path elsewhere = Files.createDirectories(temp.resolve("else where/bin"));
    Files.createSymbolicLink(elsewhere.resolve("first"), checkout.path("spindle"));
    Path link = Files.createSymbolicLink(elsewhere.resolve("second"), Path.of("first"));
    assertThat(checkout.start(elsewhere, link, Map.of(), "--version").end())
        .isEqualTo(new Ended(0, firstUses.get(0).out(), ""));
  }

  @Test
  void argumentsAndExitCodePassUnchanged() {
    Ended start =
        checkout
            .start("run", "--", "sh", "-c", "printf '%s|' \"$@\"; exit 7", "sh", "--a b", "*", "")
            .end();
    assertThat(start.err()).isEmpty();
    assertThat(start.out()).isEqualTo("--a b|*||");
    assertThat(start.code()).isEqualTo(7);
  }

  @Test
  void brokenSourcesStartNothingAndCostNothing() throws IOException {
    Path source = checkout.path("farm/src/main/java/dev/spindle/farm/package-info.java");
    byte[] good = Files.readAllBytes(source);
    Files.writeString(source, "class {", StandardOpenOption.APPEND);
    Ended broken = checkout.start("--version").end();
    Files.write(source, good);

    assertThat(broken.code()).isEqualTo(1);
    assertThat(broken.out()).isEmpty();
    assertThat(broken.err())
        .contains(BUILDING, "the build failed", "package-info.java", "previous build is kept")
        .contains("the whole log: " + checkout.path(".spindle/build.log"));
    assertThat(checkout.start("--version").end())
        .as("with the sources as they were")
        .isEqualTo(new Ended(0, firstUses.get(0).out(), ""));
  }

  @Test
  void aFileThatIsOnlyTouchedBuildsNothing() throws IOException {
    Path stamp = checkout.path(".spindle/stamp");
    touch();
    assertThat(checkout.start("--version").end())
        .isEqualTo(new Ended(0, firstUses.get(0).out(), ""));
    assertThat(Files.getLastModifiedTime(stamp).toInstant())
        .as("the stamp, so that the next start need not look again")
        .isAfter(Files.getLastModifiedTime(checkout.path("pom.xml")).toInstant());
  }

  @Test
  void aStartThatWasKilledHoldsNobodyUp() throws IOException, InterruptedException {
    Process dead = new ProcessBuilder("true").start();
    dead.waitFor();
    Path lock = checkout.path(".spindle/lock");
    Files.createSymbolicLink(lock, Path.of(Long.toString(dead.pid())));
    Path left = Files.createDirectories(checkout.path(".spindle/build/" + dead.pid() + "/target"));
    touch();

    assertThat(checkout.start("--version").end())
        .isEqualTo(new Ended(0, firstUses.get(0).out(), ""));
    assertThat(Files.exists(lock, LinkOption.NOFOLLOW_LINKS)).isFalse();
    assertThat(left.getParent()).doesNotExist();
  }

  /** As on a disk that is full: there is no holder to wait for, and trying on would never end. */
  @Test
  void aLockThatCannotBeMadeIsNamed() throws IOException {
    Path lock = Files.createFile(checkout.path(".spindle/lock"));
    touch();
    Ended start = checkout.start("--version").end();
    Files.delete(lock);
    assertThat(start.code()).isEqualTo(1);
    assertThat(start.out()).isEmpty();
    assertThat(start.err()).contains("cannot make " + lock, "File exists");
  }

  @Test
  void aWrongJavaHomeIsNamedWithTheMend() {
    Ended start = startWithJavaHome(temp.resolve("no such"));
    assertThat(start.code()).isEqualTo(1);
    assertThat(start.err()).contains("no such", "JAVA_HOME", "JDK 17 or newer");
  }

  @Test
  void anOldJavaIsRefused() throws IOException {
    Path home = temp.resolve("old java");
    Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
    Files.createFile(
        java, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"11.0.2\"\n");

    Ended start = startWithJavaHome(home);
    assertThat(start.code()).isEqualTo(1);
    assertThat(start.err()).contains("is Java 11.0.2", "needs 17 or newer", "JAVA_HOME");
  }

  private static Ended startWithJavaHome(Path home) {
    Map<String, String> environment = Map.of("JAVA_HOME", home.toString());
    return checkout.start(temp, checkout.path("spindle"), environment, "--version").end();
  }

  /** Makes the sources look changed. */
  private static void touch() throws IOException {
    Path source = checkout.path("pom.xml");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now()));
  }

  private static List<String> names(String directory) throws IOException {
    try (Stream<Path> entries = Files.list(checkout.path(directory))) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    }
  }
}
