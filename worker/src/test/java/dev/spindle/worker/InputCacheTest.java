// SPDX-License-Identifier: Apache-2.0
package dev.spindle.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.spindle.farm.FileName;
import dev.spindle.farm.StoredFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class InputCacheTest {
  @TempDir Path temp;
  private Path kept;
  private Path out;
  private InputCache cache;
  private final AtomicInteger fetches = new AtomicInteger();

  @BeforeEach
  void open() throws IOException {
    kept = Files.createDirectory(temp.resolve("cache"));
    out = Files.createDirectory(temp.resolve("out"));
    cache = new InputCache(kept, 25);
  }

  private StoredFile file(String content) throws Exception {
    Path path = Files.writeString(temp.resolve("source-" + content), content);
    return Hasher.describe(path, new FileName("source-" + content));
  }

  private void place(StoredFile file, String target) throws Exception {
    cache.place(file, out.resolve(target), into -> fetch(file, into));
  }

  private void fetch(StoredFile file, Path into) throws IOException {
    fetches.incrementAndGet();
    Files.copy(temp.resolve(file.name().value()), into);
  }

  @Test
  void leastRecentlyUsedGoesFirst() throws Exception {
    StoredFile a = file("aaaaaaaaaa");
    StoredFile b = file("bbbbbbbbbb");
    StoredFile c = file("cccccccccc");
    place(a, "1");
    place(b, "2");
    place(a, "3");

    place(c, "4");

    assertThat(cache.holds()).containsExactlyInAnyOrder(a.sha256(), c.sha256());
    assertThat(kept.resolve(b.sha256().hex())).doesNotExist();
    assertThat(fetches).hasValue(3);
  }

  @Test
  void largerThanTheCacheIsNotKept() throws Exception {
    StoredFile large = file("x".repeat(26));

    place(large, "1");

    assertThat(out.resolve("1")).hasContent("x".repeat(26));
    assertThat(cache.holds()).isEmpty();
  }

  @Test
  void nextLifeKnowsWhatIsKeptAndHowOldItIs() throws Exception {
    StoredFile a = file("aaaaaaaaaa");
    StoredFile b = file("bbbbbbbbbb");
    place(a, "1");
    place(b, "2");
    Files.setLastModifiedTime(kept.resolve(a.sha256().hex()), FileTime.fromMillis(2_000));
    Files.setLastModifiedTime(kept.resolve(b.sha256().hex()), FileTime.fromMillis(1_000));
    Files.writeString(kept.resolve("half.part"), "x");

    cache = new InputCache(kept, 10);

    assertThat(cache.holds()).containsExactly(a.sha256());
    assertThat(kept.toFile().list()).containsExactly(a.sha256().hex());
  }

  @Test
  void failedFetchLeavesNothing() throws Exception {
    StoredFile a = file("a");

    assertThatThrownBy(
            () ->
                cache.place(
                    a,
                    out.resolve("1"),
                    into -> {
                      Files.writeString(into, "half");
                      throw new IOException("cut");
                    }))
        .hasMessage("cut");

    assertThat(kept).isEmptyDirectory();
    assertThat(out).isEmptyDirectory();
    place(a, "2");
  }

  @Test
  void twoThatNeedTheSameFetchItOnce() throws Exception {
    StoredFile a = file("a");
    var fetching = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    CompletableFuture<Void> first =
        CompletableFuture.runAsync(
            () -> {
              try {
                cache.place(
                    a,
                    out.resolve("1"),
                    into -> {
                      fetching.countDown();
                      go.await();
                      fetch(a, into);
                    });
              } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    fetching.await();
    var second = new Thread(() -> assertThat(a).satisfies(file -> place(file, "2")));
    second.start();
    await().until(() -> second.getState() == Thread.State.WAITING);

    go.countDown();
    first.join();
    second.join();

    assertThat(fetches).hasValue(1);
    assertThat(out.resolve("2")).hasContent("a");
  }
}
