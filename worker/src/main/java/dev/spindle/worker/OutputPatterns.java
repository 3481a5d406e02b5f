// SPDX-License-Identifier: Apache-2.0
package dev.spindle.worker;

import dev.spindle.farm.FileName;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.PatternSyntaxException;

/**
 * A job's output patterns: Java's globs, over paths relative to the working directory.
 *
 * <p>{@code *} and {@code ?} stay within a folder, {@code **} crosses folders, and <code>{a,b}
 * </code> and {@code [a-c]} choose. {@code *.o} is the top folder's, {@code **.o} any folder's;
 * {@code out/**} is everything below a folder. A folder is no file, and a link is not followed.
 */
final class OutputPatterns {
  /** Most files that one attempt may leave: each costs two questions to the controller. */
  static final int MAX_FILES = 10_000;

  private final Map<String, PathMatcher> matchers;

  private OutputPatterns(Map<String, PathMatcher> matchers) {
    this.matchers = matchers;
  }

  /**
   * Reads the patterns.
   *
   * @throws AttemptOver when one is not a glob
   */
  static OutputPatterns of(List<String> patterns) throws AttemptOver {
    var matchers = new LinkedHashMap<String, PathMatcher>();
    for (String pattern : patterns) {
      try {
        String glob = pattern.startsWith("./") ? pattern.substring(2) : pattern;
        matchers.put(pattern, FileSystems.getDefault().getPathMatcher("glob:" + glob));
      } catch (PatternSyntaxException e) {
        throw AttemptOver.failed(
            "output pattern '" + pattern + "' is not a glob: " + e.getDescription(), false);
      }
    }
    return new OutputPatterns(matchers);
  }

  /** What matched, by name, and what a reader of the log should know about it. */
  record Found(List<FileName> files, List<String> remarks) {}

  /**
   * Looks for files that match.
   *
   * @param allNeeded whether each pattern must match a file
   */
  Found in(Path work, boolean allNeeded) throws IOException {
    if (matchers.isEmpty()) {
      return new Found(List.of(), List.of());
    }
    var search = new Search(work);
    Files.walkFileTree(work, search);
    if (allNeeded) {
      for (String pattern : matchers.keySet()) {
        if (!search.matched.contains(pattern)) {
          throw AttemptOver.failed("output pattern '" + pattern + "' matched no file", false);
        }
      }
    }
    return new Found(List.copyOf(search.files), search.remarks);
  }

  private final class Search extends SimpleFileVisitor<Path> {
    private final Path work;
    private final Set<FileName> files = new TreeSet<>();
    private final Set<String> matched = new HashSet<>();
    private final List<String> remarks = new ArrayList<>();

    Search(Path work) {
      this.work = work;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Path relative = work.relativize(file);
      List<String> matching =
          matchers.entrySet().stream()
              .filter(e -> e.getValue().matches(relative))
              .map(Map.Entry::getKey)
              .toList();
      if (matching.isEmpty()) {
        return FileVisitResult.CONTINUE;
      }
      if (attributes.isRegularFile()) {
        matched.addAll(matching);
        files.add(name(relative));
      } else if (remarks.size() < MAX_FILES) {
        String what = attributes.isSymbolicLink() ? "a symbolic link" : "no regular file";
        remarks.add("output '" + relative + "' is " + what + ": left out");
      }
      if (files.size() > MAX_FILES) {
        throw AttemptOver.failed(
            "the output patterns match more than " + MAX_FILES + " files: pack them", false);
      }
      return FileVisitResult.CONTINUE;
    }

    private FileName name(Path relative) throws AttemptOver {
      try {
        return new FileName(relative.toString());
      } catch (IllegalArgumentException e) {
        throw AttemptOver.failed("an output cannot be delivered: " + e.getMessage(), false);
      }
    }
  }
}
