// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What would be published of the library: it is deployed into a directory, by the command of {@code
 * CONTRIBUTING.md}, and a program with a POM of its own is built from there.
 */
class PublishedTest {
  private static final Path CONSUMER = Path.of("src/test/consumer");

  @TempDir private static Path folder;

  private static Path artifacts;

  /** Built in a directory of its own, beside the build that runs this test. */
  @BeforeAll
  static void publish() throws Exception {
    Path repository = folder.resolve("repository");
    maven(
        "-f",
        "../pom.xml",
        "-pl",
        "pb",
        "-Prelease",
        "-Dspindle.home=https://spindle.invalid/",
        "-DaltDeploymentRepository=here::" + repository.toUri(),
        "-Dspindle.target=" + folder.resolve("built"),
        "-Dmaven.test.skip=true",
        "-Dspotless.check.skip=true",
        "-Dmaven.install.skip=true", // nothing is left in the user's own repository
        "deploy");
    try (Stream<Path> versions = Files.list(repository.resolve("dev/spindle/spindle-pb"))) {
      artifacts = versions.filter(Files::isDirectory).findFirst().orElseThrow();
    }
    // Of the parent nothing is published, and nothing is needed.
    try (Stream<Path> all = Files.list(repository.resolve("dev/spindle"))) {
      assertThat(all).hasSize(1);
    }
  }

  @Test
  void thePomStandsAlone() throws IOException {
    assertThat(Files.readString(artifact(".pom")))
        .contains("<name>", "<description>", "<licenses>", "<developers>", "<scm>")
        .contains("<url>https://spindle.invalid/</url>")
        .contains("<artifactId>netty-handler</artifactId>")
        .doesNotContain("<parent>", "${", "<scope>test</scope>");
  }

  @Test
  void theJarIsAModule() throws IOException {
    Path jar = artifact("[0-9]\\.jar");
    assertThat(ModuleFinder.of(jar).findAll())
        .extracting(module -> module.descriptor().name())
        .containsExactly("dev.spindle.pb");
    assertThat(entries(jar)).noneMatch(name -> name.endsWith(".java"));
  }

  @Test
  void sourcesAndDocumentationCome() throws IOException {
    assertThat(entries(artifact("-sources\\.jar")))
        .contains("module-info.java", "dev/spindle/pb/PbServer.java");
    assertThat(entries(artifact("-javadoc\\.jar")))
        .contains("index.html", "dev.spindle.pb/dev/spindle/pb/PbServer.html")
        .noneMatch(name -> name.contains("/reach/"));
  }

  @Test
  void aProgramIsBuiltFromIt() throws Exception {
    Path consumer = folder.resolve("consumer");
    copy(CONSUMER, consumer);
    Path settings = Files.writeString(folder.resolve("settings.xml"), settings());
    maven(
        "-s",
        settings.toString(),
        "-f",
        consumer.resolve("pom.xml").toString(),
        "-Dmaven.repo.local=" + folder.resolve("empty"),
        "-Dmdep.outputFile=" + folder.resolve("needed"),
        "compile",
        "dependency:build-classpath");
    String needed = Files.readString(folder.resolve("needed")).strip();
    assertThat(needed.split(File.pathSeparator))
        .allMatch(jar -> jar.matches(".*/(spindle-pb|netty-[a-z-]+|slf4j-api)-[^/]*\\.jar"));
    String classes = consumer.resolve("target/classes").toString();
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    assertThat(
            run(
                List.of(
                    java,
                    "-p",
                    classes + File.pathSeparator + needed,
                    "-m",
                    "consumer/consumer.Main")))
        .contains("hello Ada");
  }

  /** An empty local repository, so that nothing is found but what is published. */
  private static String settings() {
    String libraries = System.getProperty("localRepository");
    assertThat(libraries).as("where Maven keeps libraries").isNotNull();
    return """
        <settings>
          <profiles>
            <profile>
              <id>here</id>
              <repositories>
                %1$s
                <repository><id>here</id><url>%2$s</url></repository>
              </repositories>
              <pluginRepositories>
                %3$s
              </pluginRepositories>
            </profile>
          </profiles>
          <activeProfiles><activeProfile>here</activeProfile></activeProfiles>
        </settings>
        """
        .formatted(
            downloaded("repository", libraries),
            folder.resolve("repository").toUri(),
            downloaded("pluginRepository", libraries));
  }

  /** What was downloaded before is not downloaded again. */
  private static String downloaded(String element, String libraries) {
    return """
        <%1$s>
          <id>downloaded</id>
          <url>%2$s</url>
          <snapshots><enabled>false</enabled></snapshots>
          <releases><checksumPolicy>ignore</checksumPolicy></releases>
        </%1$s>
        """
        .formatted(element, Path.of(libraries).toUri());
  }

  private static Path artifact(String ending) throws IOException {
    try (Stream<Path> files = Files.list(artifacts)) {
      return files.filter(file -> file.toString().matches(".*" + ending)).findFirst().orElseThrow();
    }
  }

  private static List<String> entries(Path jar) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      return zip.stream().map(entry -> entry.getName()).toList();
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  private static void maven(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("mvn", "-B", "-ntp", "-q"));
    command.addAll(Arrays.asList(arguments));
    run(command);
  }

  private static String run(List<String> command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("MAVEN_OPTS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
    Process process = builder.start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as("%s says: %s", command, said).isZero();
    return said;
  }
}
