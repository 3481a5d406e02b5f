// SPDX-License-Identifier: Apache-2.0
package dev.spindle.app;

import dev.spindle.depot.FtpTransfer;
import dev.spindle.farm.Job;
import dev.spindle.farm.JobEnd;
import dev.spindle.farm.StoredFile;
import dev.spindle.operator.OperatorClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Fetches what a job left. A file that is there is replaced only by a whole one. */
final class Downloads {
  private final OperatorClient operator;
  private final StatusLine status;

  Downloads(OperatorClient operator, StatusLine status) {
    this.operator = operator;
    this.status = status;
  }

  /** Puts the outputs below a folder and answers with them. */
  List<StoredFile> fetch(Job job, Path folder) throws IOException, InterruptedException {
    List<StoredFile> outputs = job.end().map(JobEnd::outputs).orElse(List.of());
    try (FtpTransfer transfer = new FtpTransfer()) {
      for (StoredFile output : outputs) {
        Path target = folder.resolve(output.name().value());
        Path parent = target.getParent();
        if (parent != null) {
          Files.createDirectories(parent);
        }
        transfer.download(
            () -> operator.download(job.id(), output.name()),
            target,
            (done, total) -> status.progress("fetching " + output.name(), done, total));
      }
    } finally {
      status.clear();
    }
    return outputs;
  }
}
