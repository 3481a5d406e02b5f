// SPDX-License-Identifier: Apache-2.0
package dev.spindle.app;

import dev.spindle.farm.FarmException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/**
 * What a failed command prints: one line for what users can mend, a stack trace in the log for what
 * they cannot.
 */
final class Failure implements IExecutionExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(Failure.class);

  @Override
  public int handleExecutionException(Exception thrown, CommandLine line, ParseResult parsed) {
    Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
    boolean expected =
        cause instanceof CommandFailedException
            || cause instanceof FarmException
            || cause instanceof IOException
            || cause instanceof IllegalArgumentException;
    if (!expected) {
      LOG.error("the command failed for a reason of its own", cause);
    }
    String text = line.getCommandSpec().qualifiedName() + ": " + textOf(cause);
    line.getErr().println(line.getColorScheme().errorText(text));
    return line.getCommandSpec().exitCodeOnExecutionException();
  }

  /** An error's words for people; the JDK's file errors say nothing but the file's name. */
  static String textOf(Throwable error) {
    return error instanceof FileSystemException failed
        ? failed.getFile() + ": " + reasonOf(failed)
        : reasonOf(error);
  }

  /** The same for a text that names the file already. */
  static String reasonOf(Throwable error) {
    if (error instanceof NoSuchFileException) {
      return "no such file or folder";
    }
    if (error instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (error instanceof FileSystemException failed) {
      return failed.getReason() == null ? failed.getClass().getSimpleName() : failed.getReason();
    }
    return error.getMessage() == null ? error.toString() : error.getMessage();
  }
}
