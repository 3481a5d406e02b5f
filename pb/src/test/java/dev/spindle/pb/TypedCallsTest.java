// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.spindle.pb.broker.ConnectionLostException;
import dev.spindle.pb.broker.Exposed;
import dev.spindle.pb.broker.InterruptedCallException;
import dev.spindle.pb.broker.RemoteException;
import dev.spindle.pb.types.Remote;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Methods that wait for their answers, between threads. */
class TypedCallsTest {
  record Size(int width, int height) {}

  @Remote
  interface Listener {
    String tick(int n);
  }

  /** What the server's object can do. */
  interface Served {
    Size turned(Size size);

    void fail(String text);

    CompletionStage<String> never();

    @Exposed(blocking = true)
    String ask(Listener listener);

    String askHere(Listener listener);
  }

  /** The same, for who waits. */
  interface Waiting {
    Size turned(Size size);

    void fail(String text);

    String never();

    @Exposed("never")
    String neverUnlessInterrupted() throws InterruptedException;

    String ask(Listener listener);

    String askHere(Listener listener);
  }

  static final class Office implements Served {
    final LinkedBlockingQueue<String> calls = new LinkedBlockingQueue<>();

    @Override
    public Size turned(Size size) {
      return new Size(size.height(), size.width());
    }

    @Override
    public void fail(String text) {
      throw new IllegalStateException(text);
    }

    @Override
    public CompletionStage<String> never() {
      calls.add("never");
      return new CompletableFuture<>();
    }

    @Override
    public String ask(Listener listener) {
      return listener.tick(1) + " " + listener.tick(2);
    }

    @Override
    public String askHere(Listener listener) {
      return listener.tick(1);
    }
  }

  private final Office office = new Office();
  private PbServer server;
  private PbClient client;
  private Waiting desk;

  @BeforeEach
  void begin() throws Exception {
    server = Servers.server().root(Served.class, office).start();
    client = Servers.connect(server);
    desk = client.root().as(Waiting.class);
  }

  @AfterEach
  void end() {
    client.close();
    server.close();
  }

  @Test
  void theAnswerIsReturned() {
    assertThat(desk.turned(new Size(1, 2))).isEqualTo(new Size(2, 1));
  }

  @Test
  void aRemoteFailureIsThrownAsItIsWithTheCallersStack() {
    Throwable thrown = catchThrowable(() -> desk.fail("no tea"));
    assertThat(thrown)
        .isInstanceOf(RemoteException.class)
        .hasMessage("java.lang.IllegalStateException: no tea");
    assertThat(thrown.getStackTrace())
        .anyMatch(frame -> frame.getClassName().equals(TypedCallsTest.class.getName()));
    assertThat(thrown.getStackTrace()[0].getClassName()).contains("$Proxy");
  }

  @Test
  void theEndOfTheConnectionIsThrownInEachCaller() throws Exception {
    CompletableFuture<Throwable> one =
        CompletableFuture.supplyAsync(() -> catchThrowable(desk::never));
    CompletableFuture<Throwable> other =
        CompletableFuture.supplyAsync(() -> catchThrowable(desk::never));
    office.calls.poll(20, TimeUnit.SECONDS);
    office.calls.poll(20, TimeUnit.SECONDS);
    server.close();
    assertThat(one.get(20, TimeUnit.SECONDS))
        .isInstanceOf(ConnectionLostException.class)
        .isNotSameAs(other.get(20, TimeUnit.SECONDS))
        .hasSameClassAs(other.get());
    assertThat(one.get().getStackTrace())
        .anyMatch(frame -> frame.getClassName().equals(TypedCallsTest.class.getName()));
  }

  @Test
  void waitingEndsWhenInterrupted() throws Exception {
    assertThat(interrupted(desk::never))
        .isInstanceOf(InterruptedCallException.class)
        .hasMessage("Waiting.never: interrupted while waiting for the answer");
    assertThat(interrupted(desk::neverUnlessInterrupted)).isInstanceOf(InterruptedException.class);
    assertThat(desk.turned(new Size(1, 2))).as("the connection stays").isEqualTo(new Size(2, 1));
  }

  private Throwable interrupted(org.assertj.core.api.ThrowableAssert.ThrowingCallable call)
      throws Exception {
    CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    Thread caller = new Thread(() -> thrown.complete(catchThrowable(call)));
    caller.start();
    assertThat(office.calls.poll(20, TimeUnit.SECONDS)).isEqualTo("never");
    caller.interrupt();
    return thrown.get(20, TimeUnit.SECONDS);
  }

  @Test
  void aBlockingMethodMayWaitForItsCaller() {
    assertThat(desk.ask(n -> "tick " + n)).isEqualTo("tick 1 tick 2");
  }

  @Test
  void aMethodOnTheConnectionsThreadMayNot() {
    assertThatThrownBy(() -> desk.askHere(n -> "tick"))
        .isInstanceOf(RemoteException.class)
        .hasMessageContaining("Listener.tick waits for its answer, and was called on a thread")
        .hasMessageContaining("@Exposed(blocking = true)");
  }

  @Test
  void anObjectPassedTwiceIsTheSame() {
    Listener listener = n -> "tick " + n;
    assertThat(desk.ask(listener)).isEqualTo(desk.ask(listener));
    assertThat(List.of(client.root().as(Waiting.class))).containsExactly(desk);
  }
}
