// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.util;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Where a {@link Pager} takes its pages from, one after the other, as fast as the network takes
 * them.
 *
 * <p>A source serves one pager and is not used again. Page sizes are in bytes. What a Twisted peer
 * takes is at most 640 Ki; the defaults are Twisted's own, and between two Spindle ends some 256
 * KiB are faster.
 */
public interface PageSource {
  /** Bytes of a page of something in memory, as Twisted has it. */
  int DEFAULT_STRING_PAGE_BYTES = 8192;

  /** Most bytes of a page of a file or stream, as Twisted has it. */
  int DEFAULT_FILE_PAGE_BYTES = 16384;

  /**
   * Asks for the next page. Not called again before the stage is complete.
   *
   * <p>Thread: the connection's; must not block. The stage may complete on any thread.
   *
   * @param blocking where to run what may block
   * @return the page, which is the pager's from then on; null at the end; or a failure, which ends
   *     the transfer
   */
  CompletionStage<byte @Nullable []> next(Executor blocking);

  /**
   * Lets go of what is behind the source: called exactly once, at the end or when the transfer is
   * given up, on a thread that may block. In the second case a page may still be awaited: closing
   * is what ends a read that waits.
   *
   * @throws Exception which fails the transfer, if nothing else did
   */
  void close() throws Exception;

  /** Slices of an array; of an empty one, one empty page. The array must not change meanwhile. */
  static PageSource bytes(byte[] bytes) {
    return bytes(bytes, DEFAULT_STRING_PAGE_BYTES);
  }

  static PageSource bytes(byte[] bytes, int pageBytes) {
    return new ArraySource(Objects.requireNonNull(bytes, "bytes"), positive(pageBytes));
  }

  /** Blocks of a file, which is opened for the first of them; of an empty one, no page at all. */
  static PageSource file(Path path) {
    return file(path, DEFAULT_FILE_PAGE_BYTES);
  }

  static PageSource file(Path path, int pageBytes) {
    return new ReadAhead(
        StreamReader.ofFile(Objects.requireNonNull(path, "path"), positive(pageBytes)));
  }

  /** Blocks of a stream as they are read, up to its end. It is closed then. */
  static PageSource stream(InputStream stream) {
    return stream(stream, DEFAULT_FILE_PAGE_BYTES);
  }

  static PageSource stream(InputStream stream, int pageBytes) {
    return new ReadAhead(
        StreamReader.of(Objects.requireNonNull(stream, "stream"), positive(pageBytes)));
  }

  /** Each array is a page. The iterator may block, and is closed if it is {@link AutoCloseable}. */
  static PageSource pages(Iterator<byte[]> pages) {
    return new ReadAhead(new IteratorReader(Objects.requireNonNull(pages, "pages")));
  }

  /**
   * Each buffer is a page, or several if it is larger than one; none if it is empty. Buffers are
   * asked for one by one.
   */
  static PageSource publisher(Flow.Publisher<ByteBuffer> publisher, int pageBytes) {
    return new PublisherSource(Objects.requireNonNull(publisher, "publisher"), positive(pageBytes));
  }

  private static int positive(int pageBytes) {
    if (pageBytes < 1) {
      throw new IllegalArgumentException("pages of " + pageBytes + " bytes: at least 1");
    }
    return pageBytes;
  }
}
