// SPDX-License-Identifier: Apache-2.0
package dev.spindle.app;

import dev.spindle.depot.ContentHash;
import dev.spindle.depot.FtpTransfer;
import dev.spindle.farm.FileName;
import dev.spindle.farm.Grant;
import dev.spindle.farm.StoredFile;
import dev.spindle.operator.OperatorClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts a job's inputs into the depot; what it has already is not sent. */
final class Uploads {
  private final OperatorClient operator;
  private final StatusLine status;

  Uploads(OperatorClient operator, StatusLine status) {
    this.operator = operator;
    this.status = status;
  }

  /** The files as they are in the depot, in the order given. */
  List<StoredFile> send(Map<FileName, Path> files) throws IOException, InterruptedException {
    List<StoredFile> stored = new ArrayList<>();
    try (FtpTransfer transfer = new FtpTransfer()) {
      for (Map.Entry<FileName, Path> file : files.entrySet()) {
        stored.add(send(file.getKey(), file.getValue(), transfer));
      }
    } finally {
      status.clear();
    }
    return stored;
  }

  private StoredFile send(FileName name, Path path, FtpTransfer transfer)
      throws IOException, InterruptedException {
    status.show("reading " + name);
    StoredFile file = ContentHash.of(path).as(name);
    Grant first = operator.upload(name, file.size(), file.sha256());
    Optional<StoredFile> there =
        first.offset() < file.size() ? Optional.empty() : operator.uploaded(name);
    if (there.isPresent()) {
      return there.get();
    }
    transfer.upload(
        new FreshGrants(first, () -> operator.upload(name, file.size(), file.sha256())),
        path,
        (done, total) -> status.progress("sending " + name, done, total));
    return operator
        .uploaded(name)
        .orElseThrow(
            () ->
                new CommandFailedException(
                    "the depot does not have " + name + " although it was sent: try again"));
  }
}
