// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import static dev.spindle.pb.Servers.connect;
import static dev.spindle.pb.Servers.server;
import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.pb.broker.Exposed;
import dev.spindle.pb.broker.Referenceable;
import dev.spindle.pb.broker.RemoteReference;
import dev.spindle.pb.util.PageCollector;
import dev.spindle.pb.util.PageSink;
import dev.spindle.pb.util.PageSource;
import dev.spindle.pb.util.Pager;
import dev.spindle.pb.util.Paging;
import java.util.Collections;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two sides that page to each other. */
@ExtendWith(NoLeaks.class)
@Timeout(60)
class PagingBothWaysTest {
  private static final int PAGES = 400;
  private static final int PAGE_BYTES = 500_000;

  private static final class Library implements Referenceable {
    final CompletableFuture<RemoteReference> other = new CompletableFuture<>();

    @Exposed
    void meet(RemoteReference peer) {
      other.complete(peer);
    }

    /** Answered at once: nobody waits for an answer while the pages cross. */
    @Exposed
    void pages(RemoteReference collector) {
      byte[] page = new byte[PAGE_BYTES];
      Pager.start(collector, PageSource.pages(Collections.nCopies(PAGES, page).iterator()));
    }
  }

  /** Each would stop reading while the other does not read, and neither ever read again. */
  @Test
  void neitherWaitsForTheOtherToRead() throws Exception {
    Library here = new Library();
    try (PbServer server = server().root(here).start();
        PbClient client = connect(server)) {
      client.root().call("meet", new Library()).join();
      CompletableFuture<Long> down = collect(client.root());
      CompletableFuture<Long> up = collect(here.other.join());
      assertThat(down.get(50, TimeUnit.SECONDS)).isEqualTo((long) PAGES * PAGE_BYTES);
      assertThat(up.get(50, TimeUnit.SECONDS)).isEqualTo((long) PAGES * PAGE_BYTES);
    }
  }

  private static CompletableFuture<Long> collect(RemoteReference from) {
    return Paging.collect(
        PageCollector.of(PageSink.each(page -> {}), Long.MAX_VALUE), from, "pages");
  }
}
