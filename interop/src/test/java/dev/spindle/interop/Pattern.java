// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;

/** A file of so many bytes, of which number i is i % 251; as {@code Pattern} of paging.py. */
final class Pattern extends InputStream {
  private static final int CYCLE = 251;
  private static final byte[] BLOCK = block();

  private final long size;
  private final long faultAt;
  private long position;

  private Pattern(long size, long faultAt) {
    this.size = size;
    this.faultAt = faultAt;
  }

  static Pattern of(long size) {
    return new Pattern(size, Long.MAX_VALUE);
  }

  /** One that cannot be read further than to here. */
  static Pattern brokenAt(long place) {
    return new Pattern(Long.MAX_VALUE, place);
  }

  private static byte[] block() {
    byte[] block = new byte[CYCLE * 1000];
    for (int i = 0; i < block.length; i++) {
      block[i] = (byte) (i % CYCLE);
    }
    return block;
  }

  static long crc(long size) throws IOException {
    CRC32 crc = new CRC32();
    byte[] page = new byte[64 * 1024];
    Pattern pattern = of(size);
    for (int count = pattern.read(page); count >= 0; count = pattern.read(page)) {
      crc.update(page, 0, count);
    }
    return crc.getValue();
  }

  @Override
  public int read() {
    throw new UnsupportedOperationException("one by one");
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    if (position >= faultAt) {
      throw new IOException("bad sector");
    }
    if (position == size) {
      return -1;
    }
    int start = (int) (position % CYCLE);
    int count = (int) Math.min(Math.min(length, BLOCK.length - start), size - position);
    System.arraycopy(BLOCK, start, into, from, count);
    position += count;
    return count;
  }
}
