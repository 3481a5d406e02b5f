// SPDX-License-Identifier: Apache-2.0
package dev.spindle.store;

import dev.spindle.farm.JobStore;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class SqliteJobStoreTest extends JobStoreContract {
  @TempDir private Path folder;

  @Override
  JobStore create() {
    return SqliteJobStore.at(folder.resolve("spindle.db"));
  }
}
