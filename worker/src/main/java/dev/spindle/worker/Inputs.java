// SPDX-License-Identifier: Apache-2.0
package dev.spindle.worker;

import dev.spindle.farm.StoredFile;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Puts an attempt's inputs into its working directory. For one thread. */
final class Inputs {
  /** A transfer whose content is wrong is made once more. */
  private static final int FETCHES = 2;

  private final ReportLine line;
  private final FileTransfer transfer;
  private final InputCache cache;
  private final ProgressLine progress;

  Inputs(ReportLine line, FileTransfer transfer, InputCache cache, ProgressLine progress) {
    this.line = line;
    this.transfer = transfer;
    this.cache = cache;
    this.progress = progress;
  }

  void fetchAll(List<StoredFile> inputs, Path work) throws IOException, InterruptedException {
    var bytes =
        new TransferTotal(progress, "fetching", inputs.stream().mapToLong(StoredFile::size).sum());
    for (StoredFile input : inputs) {
      Path target = work.resolve(input.name().value());
      try {
        Files.createDirectories(target.getParent());
        cache.place(input, target, path -> fetch(input, path, bytes));
      } catch (FileAlreadyExistsException e) {
        throw AttemptOver.failed(
            "input '" + input.name() + "' is in the way of another: one is the other's folder",
            false);
      } catch (AttemptOver e) {
        throw e;
      } catch (IOException e) {
        throw new IOException(
            "input '" + input.name() + "' could not be fetched: " + e.getMessage(), e);
      }
      bytes.add(input);
    }
  }

  private void fetch(StoredFile input, Path target, TransferTotal bytes)
      throws IOException, InterruptedException {
    Path parent = target.getParent();
    long free = Files.getFileStore(parent).getUsableSpace();
    if (free < input.size()) {
      throw AttemptOver.failed(
          "the worker's disk is full: input '%s' has %d bytes, and %d are free"
              .formatted(input.name(), input.size(), free),
          true);
    }
    for (int i = 1; i <= FETCHES; i++) {
      transfer.fetch(
          () -> line.ask(report -> report.fetch(input.name())),
          input,
          target,
          moved -> bytes.moved(input, moved));
      StoredFile found = Hasher.describe(target, input.name());
      if (found.size() == input.size() && found.sha256().equals(input.sha256())) {
        return;
      }
      Files.delete(target);
    }
    throw AttemptOver.failed(
        "input '%s' came with the wrong content %d times: expected %d bytes with SHA-256 %s"
            .formatted(input.name(), FETCHES, input.size(), input.sha256()),
        true);
  }
}
