// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spindle.pb.broker.Exposed;
import dev.spindle.pb.broker.Referenceable;
import dev.spindle.pb.broker.RemoteException;
import dev.spindle.pb.broker.RemoteReference;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No thread that reads answers waits for one, whosever it is: two could wait for each other. */
class ConnectionThreadTest {
  private static final String REFUSED = "on a thread that reads answers";

  private PbServer server;
  private PbClient here;
  private PbClient elsewhere;

  static final class Desk implements Referenceable {
    @Exposed
    int echo(int number) {
      return number;
    }

    /** Answers with what the other side does on its connection's thread. */
    @Exposed
    CompletableFuture<@Nullable Object> askBack(RemoteReference task) {
      return task.call("run");
    }

    /** Has no answer. */
    @Exposed
    CompletableFuture<Integer> never() {
      return new CompletableFuture<>();
    }
  }

  @BeforeEach
  void begin() throws Exception {
    server = Servers.server().root(new Desk()).start();
    here = Servers.connect(server);
    elsewhere = Servers.connect(server);
  }

  @AfterEach
  void end() {
    here.close();
    elsewhere.close();
    server.close();
  }

  interface Wait {
    @Nullable Object forAnswer(CompletableFuture<?> call) throws Exception;
  }

  static Stream<Named<Wait>> ways() {
    return Stream.of(
        Named.of("join", CompletableFuture::join),
        Named.of("get", CompletableFuture::get),
        Named.of("timed get", call -> call.get(1, TimeUnit.MINUTES)),
        Named.of("join of what follows", call -> call.thenApply(answer -> answer).join()));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void anotherConnectionsAnswerIsNotWaitedForEither(Wait wait) {
    assertRefused(root -> tried(wait, root.call("never")));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void norIsThatOfAClientThatComesBack(Wait wait) throws Exception {
    try (ReconnectingClient returning =
        PbClient.to("tcp:host=127.0.0.1:port=" + server.address().getPort())
            .reconnecting()
            .start()) {
      assertRefused(root -> tried(wait, returning.target().call("never")));
    }
  }

  /** What is called from the other side runs on the connection's thread. */
  private record Task(Supplier<@Nullable Object> work) implements Referenceable {
    @Exposed
    @Nullable Object run() {
      return work.get();
    }
  }

  private @Nullable Object onThreadOfHere(Supplier<@Nullable Object> work) {
    return here.root().call("askBack", new Task(work)).orTimeout(20, TimeUnit.SECONDS).join();
  }

  private void assertRefused(Function<RemoteReference, @Nullable Object> wait) {
    assertThatThrownBy(() -> onThreadOfHere(() -> wait.apply(elsewhere.root())))
        .hasCauseInstanceOf(RemoteException.class)
        .cause()
        .hasMessageContaining(REFUSED);
  }

  private static @Nullable Object tried(Wait wait, CompletableFuture<?> call) {
    try {
      return wait.forAnswer(call);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whatHasAnAnswerIsThereForAll() {
    CompletableFuture<@Nullable Object> answered = elsewhere.root().call("echo", 2);
    answered.join();
    assertThat(onThreadOfHere(answered::join)).isEqualTo(2L);
  }
}
