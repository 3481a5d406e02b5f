// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.types;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.TimeoutException;

/**
 * The exceptions of the JDK that say the same as one of Python's, which a Python program can then
 * trap without knowing that Java is at the other end. They keep their own name as their type.
 */
final class PythonErrors {
  /** What every Python exception derives from. */
  static final List<String> ROOTS =
      List.of("builtins.Exception", "builtins.BaseException", "builtins.object");

  private static final Map<Class<?>, List<String>> COUNTERPARTS = counterparts();

  private PythonErrors() {}

  private static Map<Class<?>, List<String>> counterparts() {
    Map<Class<?>, List<String>> table = new HashMap<>();
    table.put(ArithmeticException.class, names("ArithmeticError"));
    table.put(AssertionError.class, names("AssertionError"));
    table.put(ClassCastException.class, names("TypeError"));
    table.put(DateTimeException.class, names("ValueError"));
    table.put(IllegalArgumentException.class, names("ValueError"));
    table.put(IllegalStateException.class, names("RuntimeError"));
    table.put(IndexOutOfBoundsException.class, names("IndexError", "LookupError"));
    table.put(NoSuchElementException.class, names("KeyError", "LookupError"));
    table.put(OutOfMemoryError.class, names("MemoryError"));
    table.put(StackOverflowError.class, names("RecursionError", "RuntimeError"));
    table.put(TimeoutException.class, names("TimeoutError", "OSError"));
    table.put(UnsupportedOperationException.class, names("NotImplementedError", "RuntimeError"));
    table.put(SecurityException.class, names("PermissionError", "OSError"));
    table.put(IOException.class, names("OSError"));
    table.put(UncheckedIOException.class, names("OSError"));
    table.put(EOFException.class, names("EOFError"));
    table.put(FileNotFoundException.class, names("FileNotFoundError", "OSError"));
    table.put(NoSuchFileException.class, names("FileNotFoundError", "OSError"));
    table.put(FileAlreadyExistsException.class, names("FileExistsError", "OSError"));
    table.put(AccessDeniedException.class, names("PermissionError", "OSError"));
    table.put(NotDirectoryException.class, names("NotADirectoryError", "OSError"));
    table.put(DirectoryNotEmptyException.class, names("OSError"));
    table.put(
        ConnectException.class, names("ConnectionRefusedError", "ConnectionError", "OSError"));
    table.put(SocketTimeoutException.class, names("TimeoutError", "OSError"));
    return Map.copyOf(table);
  }

  private static List<String> names(String... builtins) {
    List<String> names = new ArrayList<>();
    for (String name : builtins) {
      names.add("builtins." + name);
    }
    return List.copyOf(names);
  }

  /** The Python classes that stand for exactly this one, nearest first; mostly none. */
  static List<String> counterpartsOf(Class<?> type) {
    return COUNTERPARTS.getOrDefault(type, List.of());
  }
}
