// SPDX-License-Identifier: Apache-2.0
package dev.spindle.depot;

import dev.spindle.farm.FileName;
import dev.spindle.farm.Grant;
import dev.spindle.farm.GrantHolder;
import dev.spindle.farm.StoredFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;

/** Contents, holders and depots to test with. */
final class Samples {
  static final GrantHolder ADA = new GrantHolder("attempt 1/1");
  static final GrantHolder BOB = new GrantHolder("attempt 2/1");
  static final FileName NAME = new FileName("out/film.mkv");

  private Samples() {}

  /** The same bytes for the same length. */
  static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  static ContentHash hash(byte[] bytes) {
    RunningHash hash = new RunningHash();
    hash.update(bytes, 0, bytes.length);
    return hash.finish();
  }

  static StoredFile file(byte[] bytes) {
    return hash(bytes).as(NAME);
  }

  static DepotSettings settings(Path folder) {
    return DepotSettings.in(folder).with(DepotLimits.USUAL.withReserveBytes(0));
  }

  static DepotLimits limits(Duration validity, Duration idle, Duration loginDeadline) {
    return new DepotLimits(validity, 0, 64, idle, loginDeadline, 10_000);
  }

  static Grant write(FileDepot depot, GrantHolder holder, byte[] bytes) {
    return depot.grantWrite(holder, NAME, bytes.length, hash(bytes).sha256());
  }

  /** Brings content in by FTP, as anybody would. */
  static StoredFile put(FileDepot depot, byte[] bytes) throws IOException {
    GrantHolder submitter = new GrantHolder("submit");
    Grant grant = write(depot, submitter, bytes);
    try (FtpWire wire = FtpWire.login(grant)) {
      String reply = wire.store(grant, bytes);
      if (!reply.startsWith("226")) {
        throw new IOException("STOR of a sample: " + reply);
      }
    }
    return file(bytes);
  }

  static byte[] from(byte[] bytes, int offset) {
    return Arrays.copyOfRange(bytes, offset, bytes.length);
  }

  static byte[] upTo(byte[] bytes, int end) {
    return Arrays.copyOf(bytes, end);
  }
}
