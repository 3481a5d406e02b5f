// SPDX-License-Identifier: Apache-2.0
package dev.spindle.bench;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What a cold JVM is started with, and until its first line. */
enum ColdStart {
  NOTHING("an empty main", EmptyMain.class, List.of()),
  LIBRARY(
      "a first answer, with what the library needs",
      FirstCall.class,
      List.of("spindle-pb-", "netty-", "slf4j-api-")),
  LOGBACK(
      "the same, with Logback",
      FirstCall.class,
      List.of("spindle-pb-", "netty-", "slf4j-api-", "logback-")),
  ARCHIVED(
      "the same without Logback, from an archive of its classes",
      FirstCall.class,
      List.of("spindle-pb-", "netty-", "slf4j-api-"));

  /** Where the mains are. */
  private static final String OWN = "spindle-bench-";

  final String title;
  private final Class<?> main;
  private final List<String> jars;

  /**
   * @param jars how the names of the files begin that are on its class path
   */
  ColdStart(String title, Class<?> main, List<String> jars) {
    this.title = title;
    this.main = main;
    this.jars = jars;
  }

  /**
   * @param archive of the classes, if there is to be one
   */
  List<String> command(String java, String endpoint, Path archive) {
    return this == ARCHIVED
        ? command(java, "-Xshare:on", "-XX:SharedArchiveFile=" + archive, endpoint)
        : command(java, "-Xshare:auto", "-Xlog:disable", endpoint);
  }

  /** The start that makes the archive. */
  static List<String> archiving(String java, String endpoint, Path archive) {
    return ARCHIVED.command(java, "-Xlog:disable", "-XX:ArchiveClassesAtExit=" + archive, endpoint);
  }

  private List<String> command(String java, String option, String other, String endpoint) {
    return List.of(
        java,
        option,
        other,
        "-Dslf4j.internal.verbosity=ERROR", // Without a logger, SLF4J says so at each start.
        "-cp",
        classPath(),
        main.getName(),
        endpoint);
  }

  private String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> isNeeded(Path.of(entry).getFileName().toString()))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private boolean isNeeded(String file) {
    return file.startsWith(OWN) || jars.stream().anyMatch(file::startsWith);
  }
}
