// SPDX-License-Identifier: Apache-2.0
package dev.spindle.worker;

import dev.spindle.farm.FileName;
import dev.spindle.farm.Grant;
import dev.spindle.farm.JobReport;
import dev.spindle.farm.StoredFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Delivers an attempt's outputs to the depot. For one thread. */
final class Outputs {
  /** An output that did not arrive as it was offered is offered once more. */
  private static final int OFFERS = 2;

  private final ReportLine line;
  private final FileTransfer transfer;
  private final ProgressLine progress;
  private @Nullable JobReport offeredTo;

  Outputs(ReportLine line, FileTransfer transfer, ProgressLine progress) {
    this.line = line;
    this.transfer = transfer;
    this.progress = progress;
  }

  void deliverAll(Path work, List<FileName> names) throws IOException, InterruptedException {
    long total = 0;
    for (FileName name : names) {
      total += Files.size(work.resolve(name.value()));
    }
    var bytes = new TransferTotal(progress, "uploading", total);
    for (FileName name : names) {
      bytes.add(deliver(work.resolve(name.value()), name, bytes));
    }
  }

  private StoredFile deliver(Path source, FileName name, TransferTotal bytes)
      throws IOException, InterruptedException {
    StoredFile file = Hasher.describe(source, name);
    String why = "";
    for (int i = 1; i <= OFFERS; i++) {
      why = trouble(source, file, bytes);
      if (why.isEmpty()) {
        return file;
      }
      StoredFile now = Hasher.describe(source, name);
      if (!now.equals(file)) {
        why = "it changed while it was uploaded";
      }
      file = now;
    }
    throw AttemptOver.failed("output '" + name + "' could not be delivered: " + why, true);
  }

  /** Offers and sends once; tells why it is not there, or nothing. */
  private String trouble(Path source, StoredFile file, TransferTotal bytes)
      throws IOException, InterruptedException {
    try {
      transfer.send(
          () -> line.ask(report -> offer(report, file)),
          source,
          file,
          moved -> bytes.moved(file, moved));
    } catch (AttemptOver e) {
      throw e;
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
    boolean there = line.ask(report -> delivered(report, file));
    return there ? "" : "what arrived is not what was offered";
  }

  private CompletionStage<Grant> offer(JobReport report, StoredFile file) {
    offeredTo = report;
    return report.offer(file.name(), file.size(), file.sha256());
  }

  /** Asks; behind another offer on a new connection, whose controller may have restarted. */
  private CompletionStage<Boolean> delivered(JobReport report, StoredFile file) {
    return report == offeredTo
        ? report.delivered(file.name())
        : offer(report, file).thenCompose(grant -> report.delivered(file.name()));
  }
}
