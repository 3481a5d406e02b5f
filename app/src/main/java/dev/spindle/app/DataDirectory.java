// SPDX-License-Identifier: Apache-2.0
package dev.spindle.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * Where a controller keeps everything.
 *
 * <pre>
 * spindle.db           jobs, logs and workers
 * depot/               files
 * operator.secret      the operator's login, 0600
 * controller.address   where the running controller listens
 * </pre>
 */
record DataDirectory(Path path) {

  /** {@code $XDG_DATA_HOME/spindle}, else {@code ~/.local/share/spindle}. */
  static DataDirectory ofUser() {
    return new DataDirectory(UserFolders.data().resolve("spindle"));
  }

  /** Makes it, for this user alone, when it is missing. */
  void create() {
    try {
      Files.createDirectories(
          path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (IOException e) {
      throw new CommandFailedException(
          "cannot make the data directory " + path + ": " + Failure.reasonOf(e), e);
    }
  }

  Path database() {
    return path.resolve("spindle.db");
  }

  Path depot() {
    return path.resolve("depot");
  }

  Path operatorSecret() {
    return path.resolve("operator.secret");
  }

  private Path address() {
    return path.resolve("controller.address");
  }

  /** Tells commands on this machine where the controller is. */
  void publish(HostPort controller) throws IOException {
    Path fresh = path.resolve("controller.address.new");
    Files.writeString(fresh, controller + "\n");
    Files.move(fresh, address(), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Takes back what {@link #publish} told. */
  void unpublish() throws IOException {
    Files.deleteIfExists(address());
  }

  /** Where the controller listens, if one has said so and not ended since. */
  Optional<HostPort> published() {
    try {
      return Optional.of(HostPort.parse(Files.readString(address()).strip()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      throw new CommandFailedException(
          address() + ": " + e.getMessage() + "; a controller writes it when it starts", e);
    } catch (IOException e) {
      throw new CommandFailedException("cannot read " + address() + ": " + Failure.reasonOf(e), e);
    }
  }
}
