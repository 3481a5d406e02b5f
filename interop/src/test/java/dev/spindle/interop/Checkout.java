// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A copy of what the program is built from, with the launcher, to be started as a user does. */
final class Checkout {
  /** The root of the sources under test: the tests run in their module's directory. */
  private static final Path ORIGINAL = Path.of("").toAbsolutePath().getParent();

  private static final Set<String> LEFT_OUT = Set.of(".git", ".spindle", "target", "test");

  private final Path root;

  private Checkout(Path root) {
    this.root = root;
  }

  static Checkout copyTo(Path root) throws IOException {
    Files.walkFileTree(
        ORIGINAL,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path from, BasicFileAttributes attributes)
              throws IOException {
            if (LEFT_OUT.contains(from.getFileName().toString())) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            Files.createDirectories(to(from));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path from, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(from, to(from), StandardCopyOption.COPY_ATTRIBUTES);
            return FileVisitResult.CONTINUE;
          }

          private Path to(Path from) {
            return root.resolve(ORIGINAL.relativize(from).toString());
          }
        });
    return new Checkout(root);
  }

  Path path(String name) {
    return root.resolve(name);
  }

  /** Starts the launcher in the checkout. */
  Start start(String... arguments) {
    return start(root, path("spindle"), Map.of(), arguments);
  }

  /** Starts the launcher under any of its names, anywhere, with more environment. */
  Start start(Path directory, Path launcher, Map<String, String> more, String... arguments) {
    try {
      Path out = Files.createTempFile(root.getParent(), "start", ".out");
      Path err = Files.createTempFile(root.getParent(), "start", ".err");
      ProcessBuilder builder = new ProcessBuilder(launcher.toString());
      builder.command().addAll(List.of(arguments));
      builder.directory(directory.toFile());
      builder.environment().keySet().removeIf(name -> name.startsWith("SPINDLE_"));
      builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
      builder.environment().putAll(more);
      builder.redirectOutput(out.toFile()).redirectError(err.toFile());
      return new Start(builder.start(), out, err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A start under way. */
  record Start(Process process, Path out, Path err) {
    Ended end() {
      try {
        int code = process.waitFor();
        return new Ended(code, Files.readString(out), Files.readString(err));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        process.destroy();
        throw new IllegalStateException("interrupted while waiting for " + process.info(), e);
      }
    }
  }

  /** A start that has come to its end. */
  record Ended(int code, String out, String err) {}
}
