// SPDX-License-Identifier: Apache-2.0
package dev.spindle.app;

import dev.spindle.farm.FileName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Which files a user means by {@code --input}, and what they are called in the job's directory.
 *
 * <p>A relative path keeps its folders, so that a command works there as it does here; a path from
 * elsewhere (absolute, or with '..') keeps its last name alone. A folder stands for all files in
 * it.
 */
final class InputFiles {
  private InputFiles() {}

  /**
   * @throws CommandFailedException when one is missing, or two would have the same name
   */
  static Map<FileName, Path> of(List<Path> inputs) {
    Map<FileName, Path> files = new LinkedHashMap<>();
    for (Path input : inputs) {
      for (Path file : filesOf(input)) {
        FileName name = new FileName(nameOf(input, file).toString());
        Path other = files.putIfAbsent(name, file);
        if (other != null && !other.equals(file)) {
          throw new CommandFailedException(
              "inputs " + other + " and " + file + " would both be called '" + name + "'");
        }
      }
    }
    return files;
  }

  private static List<Path> filesOf(Path input) {
    if (Files.isRegularFile(input)) {
      return List.of(input);
    }
    if (!Files.isDirectory(input)) {
      throw new CommandFailedException("input " + input + ": no such file or folder");
    }
    List<Path> files = new ArrayList<>();
    try (Stream<Path> walk = Files.walk(input)) {
      walk.filter(Files::isRegularFile).sorted().forEach(files::add);
    } catch (IOException | java.io.UncheckedIOException e) {
      throw new CommandFailedException("input " + input + ": " + Failure.textOf(e), e);
    }
    return files;
  }

  private static Path nameOf(Path input, Path file) {
    Path normal = file.normalize();
    if (!normal.isAbsolute() && !normal.startsWith("..")) {
      return normal;
    }
    Path root = input.toAbsolutePath().normalize();
    Path inside = root.relativize(file.toAbsolutePath().normalize());
    return inside.toString().isEmpty() ? root.getFileName() : root.getFileName().resolve(inside);
  }
}
