// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The library as a module among modules: programs in {@code src/test/modules} are compiled and
 * started on the module path, in JVMs of their own. All other tests are on the class path.
 */
class ModulePathTest {
  private static final Path SOURCES = Path.of("src/test/modules");
  private static final String NAME = "dev.spindle.pb";

  /** What jdeps says of one package's use of another. */
  private static final Pattern USE =
      Pattern.compile(
          "^ +(?<from>\\S+) +-> (?<to>\\S+) {2,}(?<module>\\S.*?) *$", Pattern.MULTILINE);

  @TempDir private static Path programs;

  /** What the library needs to run, and no more; not even the annotations that it is built with. */
  private static List<Path> needed() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(Path::of)
        .filter(path -> path.getFileName().toString().matches("(netty-|slf4j-api-).*\\.jar"))
        .toList();
  }

  private static String modulePath() {
    return String.join(
        File.pathSeparator,
        Stream.of(List.of(classes()), needed(), List.of(programs))
            .flatMap(List::stream)
            .map(Path::toString)
            .toList());
  }

  /** Where the classes under test are, which is not always {@code target}. */
  private static Path classes() {
    try {
      return Path.of(PbServer.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  @BeforeAll
  static void compile() throws IOException {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("--release", "17", "-parameters", "-Xlint:all,-try", "-Werror"));
    command.addAll(List.of("-p", modulePath(), "--module-source-path", SOURCES.toString()));
    command.addAll(List.of("-d", programs.toString()));
    try (Stream<Path> files = Files.walk(SOURCES)) {
      files.map(Path::toString).filter(name -> name.endsWith(".java")).forEach(command::add);
    }
    assertThat(run("javac", command)).isEmpty();
  }

  @Test
  void itNeedsNettyAndSlf4jAndNothingElse() {
    ModuleDescriptor module = ModuleFinder.of(classes()).find(NAME).orElseThrow().descriptor();
    assertThat(module.requires())
        .filteredOn(required -> !required.modifiers().contains(Requires.Modifier.STATIC))
        .extracting(Requires::name)
        .containsExactlyInAnyOrder(
            "java.base",
            "io.netty.buffer",
            "io.netty.codec",
            "io.netty.common",
            "io.netty.handler",
            "io.netty.transport",
            "org.slf4j");
    assertThat(module.isOpen()).isFalse();
    assertThat(module.packages())
        .filteredOn(name -> module.exports().stream().noneMatch(e -> e.source().equals(name)))
        .containsExactlyInAnyOrder("dev.spindle.pb.reach", "dev.spindle.pb.waiting");
  }

  /** As the JDK sees it from the classes, on a module path without what is optional. */
  @Test
  void itUsesNoMoreThanItRequires() {
    String found =
        run(
            "jdeps",
            List.of(
                "--multi-release",
                "17",
                "--ignore-missing-deps",
                "--module-path",
                modulePath(),
                "-verbose:package",
                "-m",
                NAME));
    List<String> used = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    Matcher line = USE.matcher(found);
    while (line.find()) {
      if (line.group("module").equals("not found")) {
        missing.add(line.group("from") + " uses " + line.group("to"));
      } else {
        used.add(line.group("module"));
      }
    }
    assertThat(used)
        .contains("java.base", "org.slf4j", "io.netty.transport")
        .allMatch(
            name -> name.matches("java\\.base|org\\.slf4j|io\\.netty\\..*|dev\\.spindle\\.pb"));
    assertThat(missing)
        .isNotEmpty()
        .allMatch(
            use ->
                use.startsWith("dev.spindle.pb.micrometer uses io.micrometer.")
                    || use.endsWith(" uses org.jspecify.annotations"));
  }

  @Test
  void modulesCallEachOther() throws Exception {
    try (ModularProgram server = program("tea.shop/tea.shop.Server")) {
      String port = server.nextLine();
      try (ModularProgram client = program("tea.customer/tea.customer.Client", port)) {
        assertThat(client.lines())
            .containsExactly("oolong", "{text=2 tea, cents=500}", "{cents=50}");
      }
    }
  }

  @Test
  void whatIsNotOpenedIsToldWithTheMend() throws Exception {
    try (ModularProgram mistakes = program("tea.closed/tea.closed.Mistakes")) {
      List<String> told = mistakes.lines();
      assertThat(told)
          .extracting(line -> line.substring(0, line.indexOf(':')))
          .containsExactly(
              "root", "interface", "record", "fields", "error", "answer", "body", "argument");
      assertThat(told)
          .allSatisfy(
              line ->
                  assertThat(line)
                      .contains("tea.closed.Mistakes$")
                      .contains(
                          "add 'opens tea.closed to dev.spindle.pb;' to the declaration of"
                              + " module tea.closed"));
    }
  }

  private static ModularProgram program(String main, String... args) throws IOException {
    return ModularProgram.start(modulePath(), main, args);
  }

  private static String run(String tool, List<String> arguments) {
    StringWriter out = new StringWriter();
    PrintWriter printer = new PrintWriter(out);
    int code =
        ToolProvider.findFirst(tool)
            .orElseThrow(() -> new AssertionError("needs a JDK: there is no " + tool))
            .run(printer, printer, arguments.toArray(String[]::new));
    printer.flush();
    assertThat(code).as("%s says: %s", tool, out).isZero();
    return out.toString();
  }
}
