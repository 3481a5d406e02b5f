// SPDX-License-Identifier: Apache-2.0
package dev.spindle.worker;

import dev.spindle.farm.FileName;
import dev.spindle.farm.Grant;
import dev.spindle.farm.Sha256;
import dev.spindle.farm.StoredFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A depot in a local folder, and the transfer to and from it. */
final class TestDepot implements FileTransfer {
  private final Path dir;
  private final Map<FileName, StoredFile> offered = new ConcurrentHashMap<>();
  private final List<String> transfers = new CopyOnWriteArrayList<>();
  private volatile Step before = (what, name, local) -> {};

  /** Something that happens before a transfer. */
  interface Step {
    void run(String what, FileName name, Path local) throws IOException, InterruptedException;
  }

  TestDepot(Path dir) {
    this.dir = dir;
  }

  void before(Step step) {
    before = step;
  }

  List<String> transfers() {
    return transfers;
  }

  /** Puts an input into the depot. */
  StoredFile put(String name, String content) throws IOException, InterruptedException {
    Files.createDirectories(dir.resolve(name).getParent());
    Files.writeString(dir.resolve(name), content);
    return Hasher.describe(dir.resolve(name), new FileName(name));
  }

  String content(String name) throws IOException {
    return Files.readString(dir.resolve(name));
  }

  Grant grant(FileName name, String user, long size) {
    var file = new StoredFile(name, size, new Sha256("0".repeat(64)), "");
    return new Grant("", 21, false, user, "", name.value(), file, Duration.ofMinutes(1), 0);
  }

  Grant offer(FileName name, long size, Sha256 sha256) {
    offered.put(name, new StoredFile(name, size, sha256, ""));
    return grant(name, "write", size);
  }

  boolean isDelivered(FileName name) {
    try {
      StoredFile file = offered.get(name);
      return Hasher.describe(dir.resolve(name.value()), name).equals(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void fetch(GrantSource grants, StoredFile file, Path target, TransferProgress progress)
      throws IOException, InterruptedException {
    Grant grant = grants.next();
    transfers.add("fetch " + file.name());
    before.run("fetch", file.name(), target);
    Files.copy(dir.resolve(grant.path()), target, StandardCopyOption.REPLACE_EXISTING);
    progress.moved(file.size());
  }

  @Override
  public void send(GrantSource grants, Path source, StoredFile file, TransferProgress progress)
      throws IOException, InterruptedException {
    Grant grant = grants.next();
    transfers.add("send " + file.name());
    before.run("send", file.name(), source);
    Path target = dir.resolve(grant.path());
    Files.createDirectories(target.getParent());
    Files.copy(source, target, StandardCopyOption.REPLACE_EXISTING);
    progress.moved(file.size());
  }
}
