// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.util;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** The elements of an iterator. */
record IteratorReader(Iterator<byte[]> pages) implements PageReader {
  @Override
  public byte @Nullable [] read() {
    return pages.hasNext() ? pages.next() : null;
  }

  @Override
  public void close() throws Exception {
    if (pages instanceof AutoCloseable closeable) {
      closeable.close();
    }
  }
}
