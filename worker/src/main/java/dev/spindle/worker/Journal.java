// SPDX-License-Identifier: Apache-2.0
package dev.spindle.worker;

import dev.spindle.farm.AttemptId;
import dev.spindle.farm.JobResult;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ends that the controller has not acknowledged, one small file each, named {@code
 * JOB-ATTEMPT}: {@code exit} and {@code elapsed}, or {@code why} and {@code retry}, as properties.
 */
final class Journal {
  private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
  private static final Pattern NAME = Pattern.compile("([0-9]{1,18})-([0-9]{1,9})");

  /** Far more than the longest reason takes: a longer file is none of ours. */
  static final long MAX_FILE_BYTES = 64 * 1024;

  private final Path dir;

  Journal(Path dir) {
    this.dir = dir;
  }

  private Path file(AttemptId id) {
    return dir.resolve(id.job() + "-" + id.attempt());
  }

  /** Makes an end durable. */
  void write(AttemptId id, AttemptEnd end) throws IOException {
    var text = new StringWriter();
    properties(end).store(text, null);
    Disk.writeDurably(file(id), text.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static Properties properties(AttemptEnd end) {
    var properties = new Properties();
    if (end instanceof AttemptEnd.Finished finished) {
      properties.setProperty("exit", Integer.toString(finished.result().exit()));
      properties.setProperty("elapsed", finished.result().elapsed().toString());
    } else if (end instanceof AttemptEnd.Failed failed) {
      properties.setProperty("why", failed.why());
      properties.setProperty("retry", Boolean.toString(failed.retry()));
    }
    return properties;
  }

  /** Forgets an end that was acknowledged. */
  void delete(AttemptId id) throws IOException {
    Files.deleteIfExists(file(id));
  }

  /**
   * Reads every end of an earlier life. A file that cannot be read as one is put aside, under its
   * name with {@code .unreadable} added: its attempt is lost, as if the worker had never ended it.
   */
  Map<AttemptId, AttemptEnd> read() throws IOException {
    var ends =
        new TreeMap<AttemptId, AttemptEnd>(
            Comparator.comparing(AttemptId::job).thenComparing(AttemptId::attempt));
    try (var files = Files.newDirectoryStream(dir)) {
      for (Path file : files) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        if (name.matches()) {
          AttemptId id =
              AttemptId.of(Long.parseLong(name.group(1)), Integer.parseInt(name.group(2)));
          read(file).ifPresent(end -> ends.put(id, end));
        }
      }
    }
    return ends;
  }

  private static Optional<AttemptEnd> read(Path file) throws IOException {
    try {
      if (Files.size(file) > MAX_FILE_BYTES) {
        throw new IllegalArgumentException("longer than " + MAX_FILE_BYTES + " bytes");
      }
      var properties = new Properties();
      properties.load(new StringReader(Files.readString(file)));
      return Optional.of(end(properties));
    } catch (RuntimeException | CharacterCodingException e) {
      LOG.error("{} is not the end of an attempt ({}): put aside", file, e.getMessage());
      Files.move(file, file.resolveSibling(file.getFileName() + ".unreadable"));
      return Optional.empty();
    }
  }

  private static AttemptEnd end(Properties properties) {
    String exit = properties.getProperty("exit");
    if (exit != null) {
      Duration elapsed = Duration.parse(properties.getProperty("elapsed"));
      return new AttemptEnd.Finished(new JobResult(Integer.parseInt(exit), elapsed));
    }
    String why = properties.getProperty("why");
    if (why == null) {
      throw new IllegalArgumentException("neither 'exit' nor 'why' is in it");
    }
    return new AttemptEnd.Failed(why, Boolean.parseBoolean(properties.getProperty("retry")));
  }
}
