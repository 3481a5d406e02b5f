// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop;

import dev.spindle.pb.broker.Exposed;
import dev.spindle.pb.broker.Referenceable;
import dev.spindle.pb.broker.RemoteReference;
import dev.spindle.pb.util.PageSource;
import dev.spindle.pb.util.Pager;
import java.io.IOException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What is sent in pages here; {@code Library} of paging.py has the same. */
final class PagedLibrary implements Referenceable {
  @Exposed
  void string(RemoteReference collector, int size, int pageBytes) throws IOException {
    Pager.start(collector, PageSource.bytes(Pattern.of(size).readAllBytes(), pageBytes));
  }

  @Exposed
  void file(RemoteReference collector, long size) {
    Pager.start(collector, PageSource.stream(Pattern.of(size)));
  }

  @Exposed
  CompletionStage<@Nullable Void> broken(RemoteReference collector, long size) {
    return Pager.start(collector, PageSource.stream(Pattern.brokenAt(size))).done();
  }
}
