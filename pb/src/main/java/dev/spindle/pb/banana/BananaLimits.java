// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.banana;

/**
 * What a reader takes and a writer sends.
 *
 * @param maxSize longest string in bytes and longest list in elements, each
 * @param maxDepth deepest nesting of lists
 * @param maxExpressionBytes most bytes of one whole expression
 * @param maxItems most elements of all lists of one expression together
 */
public record BananaLimits(int maxSize, int maxDepth, long maxExpressionBytes, long maxItems) {

  /**
   * Most prefix bytes of an element, padding included; the 65th is an error. Fixed: it also bounds
   * integers to ±(2^448 − 1) at every peer.
   *
   * <p>Source: Perspective Broker reference, section 3.3.
   */
  public static final int MAX_PREFIX_BYTES = 64;

  /** Longest string and longest list that a Twisted peer takes: 640 Ki. */
  public static final int TWISTED_MAX_SIZE = 640 * 1024;

  /** Deepest nesting accepted by default. Twisted's decoder has no bound; 2,000 was seen. */
  public static final int DEFAULT_MAX_DEPTH = 4096;

  /**
   * Most bytes of one expression accepted by default: 16 MiB. Twisted has no bound. Decoded, the
   * smallest elements take some twenty times their size on the wire.
   */
  public static final long DEFAULT_MAX_EXPRESSION_BYTES = 16L << 20;

  /**
   * Most elements of one expression accepted by default: a Mi. Twisted has no bound. Elements are
   * what costs memory beyond the bytes that came.
   */
  public static final long DEFAULT_MAX_ITEMS = 1L << 20;

  /** The limits of a Twisted peer, and bounds where it has none. */
  public static final BananaLimits DEFAULT =
      new BananaLimits(TWISTED_MAX_SIZE, DEFAULT_MAX_DEPTH, DEFAULT_MAX_EXPRESSION_BYTES);

  /** What is taken of somebody who has not logged in: 64 KiB, depth 32, 1,024 elements. */
  public static final BananaLimits BEFORE_LOGIN = new BananaLimits(64 << 10, 32, 64 << 10, 1024);

  /** With as many elements as {@link #DEFAULT} takes. */
  public BananaLimits(int maxSize, int maxDepth, long maxExpressionBytes) {
    this(maxSize, maxDepth, maxExpressionBytes, DEFAULT_MAX_ITEMS);
  }

  public BananaLimits {
    if (maxSize < 1024 || maxDepth < 16 || maxExpressionBytes < 1024 || maxItems < 64) {
      throw new IllegalArgumentException(
          "limits too small to talk at all: size "
              + maxSize
              + " (at least 1024), depth "
              + maxDepth
              + " (at least 16), expression bytes "
              + maxExpressionBytes
              + " (at least 1024), elements "
              + maxItems
              + " (at least 64)");
    }
  }

  /** The stricter of two, limit by limit. */
  public BananaLimits atMost(BananaLimits other) {
    return new BananaLimits(
        Math.min(maxSize, other.maxSize),
        Math.min(maxDepth, other.maxDepth),
        Math.min(maxExpressionBytes, other.maxExpressionBytes),
        Math.min(maxItems, other.maxItems));
  }
}
