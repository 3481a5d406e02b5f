// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.banana;

/**
 * Takes an expression that exceeds a limit, piece by piece and from its beginning, since it is
 * never held whole. Which pieces it is given does not depend on how the bytes arrive.
 *
 * @see BananaReader.Sink#oversized
 */
public interface Pieces {
  /**
   * Most bytes of one expression that are read past: 1 GiB. What is longer costs the connection.
   */
  long MAX_BYTES = 1L << 30;

  /** Deepest nesting of lists that is read past. */
  int MAX_DEPTH = 64 * 1024;

  /** Longest string whose bytes are told. */
  int MAX_SHORT_BYTES = StringCache.MAX_BYTES;

  /** A list begins. */
  void list(long size) throws BananaException;

  /**
   * An element that is no list.
   *
   * @param element as in any expression, but for a string of more than {@link #MAX_SHORT_BYTES}: of
   *     that the length is told, as {@link #longString}
   */
  void element(Object element) throws BananaException;

  /** A string went by whose bytes were not kept. */
  void longString(long bytes) throws BananaException;

  /** The innermost list ends. When there is none left, so does the expression. */
  void end() throws BananaException;
}
