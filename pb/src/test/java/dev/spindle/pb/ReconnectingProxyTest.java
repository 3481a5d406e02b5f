// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import static dev.spindle.pb.Servers.awaitConnections;
import static dev.spindle.pb.Servers.server;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spindle.pb.banana.UnsendableException;
import dev.spindle.pb.broker.AnswerMismatchException;
import dev.spindle.pb.broker.DeadReferenceException;
import dev.spindle.pb.broker.DeadlineExceededException;
import dev.spindle.pb.broker.Exposed;
import dev.spindle.pb.broker.Keyword;
import dev.spindle.pb.broker.OneWay;
import dev.spindle.pb.broker.PbConnection;
import dev.spindle.pb.broker.PbListener;
import dev.spindle.pb.broker.Referenceable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** An interface over whichever connection there is. */
class ReconnectingProxyTest extends ReconnectingScene {
  /** The server's object, as its clients see it. */
  interface Ledger extends AutoCloseable {
    int add(int number);

    CompletionStage<Integer> sum();

    @OneWay
    void note(String text, @Keyword("times") int times);

    List<String> notes();

    @Exposed("notes")
    CompletionStage<Integer> noMatch();

    CompletableFuture<Integer> never();

    CompletionStage<Integer> held();

    void take(Object anything);

    default int addTwice(int number) {
      add(number);
      return add(number);
    }

    @Override
    void close();
  }

  private static final class Book implements Referenceable {
    private final List<String> notes = new ArrayList<>();
    private final CompletableFuture<Integer> held = new CompletableFuture<>();
    private int sum;

    @Exposed
    synchronized int add(int number) {
      sum += number;
      return sum;
    }

    @Exposed
    synchronized int sum() {
      return sum;
    }

    @Exposed
    synchronized void note(String text, @Keyword("times") int times) {
      notes.add(text + " x" + times);
    }

    @Exposed
    synchronized List<String> notes() {
      return List.copyOf(notes);
    }

    @Exposed
    CompletionStage<Integer> never() {
      return new CompletableFuture<>();
    }

    @Exposed
    CompletionStage<Integer> held() {
      return held;
    }

    @Exposed
    void take(Object anything) {}
  }

  private final Book book = new Book();

  private ReconnectingClient clientOf(PbServer server) {
    return closing(to(server.address().getPort()).start());
  }

  private static <T> T within(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  @Test
  void itsMethodsGoOnAfterEachRestartOfTheServer() throws Exception {
    PbServer server = start(book);
    int port = server.address().getPort();
    Ledger ledger = clientOf(server).target().as(Ledger.class);
    for (int restart = 0; restart < 3; restart++) {
      assertThat(ledger.add(1)).isEqualTo(3 * restart + 1);
      assertThat(ledger.addTwice(1)).isEqualTo(3 * restart + 3);
      ledger.note("restart", restart);
      assertThat(within(ledger.sum())).isEqualTo(3 * restart + 3);
      server.close();
      server = startAt(port, book);
      awaitConnections(server, 1);
    }
    assertThat(ledger.notes()).containsExactly("restart x0", "restart x1", "restart x2");
  }

  @Test
  void callsMadeMeanwhileWaitInTheirOrder() throws Exception {
    PbServer server = start(book);
    int port = server.address().getPort();
    server.close();
    Ledger ledger = clientOf(server).target().as(Ledger.class);
    ledger.note("first", 1);
    ledger.note("second", 2);
    CompletableFuture<List<String>> notes = CompletableFuture.supplyAsync(ledger::notes);
    CompletionStage<Integer> sum = ledger.sum();
    startAt(port, book);
    assertThat(within(sum)).isZero();
    assertThat(within(notes)).containsExactly("first x1", "second x2");
  }

  @Test
  void itFailsAsAnInterfaceOverAReferenceDoes() throws Exception {
    ReconnectingClient client = clientOf(start(book));
    Ledger ledger = client.target().as(Ledger.class);
    assertThatThrownBy(() -> within(ledger.noMatch()))
        .hasCauseInstanceOf(AnswerMismatchException.class)
        .hasMessageContaining("Ledger.noMatch");
    assertThatThrownBy(() -> ledger.take(new Object())).isInstanceOf(UnsendableException.class);
    Ledger hasty = client.target().withDeadline(Duration.ofMillis(50)).as(Ledger.class);
    assertThatThrownBy(() -> within(hasty.never()))
        .hasCauseInstanceOf(DeadlineExceededException.class);
    assertThatThrownBy(() -> client.target().as(String.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("java.lang.String");
    client.close();
    assertThatThrownBy(() -> ledger.add(1))
        .isInstanceOf(DeadReferenceException.class)
        .hasMessageContaining("the client was closed");
  }

  @Test
  void itsListenerIsToldWhatBecameOfACall() throws Exception {
    PbServer server = start(book);
    Queue<PbListener.Outcome> outcomes = new ConcurrentLinkedQueue<>();
    PbListener listener =
        new PbListener() {
          @Override
          public void callEnded(PbConnection connection, Call call, CallEnd end) {
            outcomes.add(end.outcome());
          }
        };
    String endpoint = "tcp:host=127.0.0.1:port=" + server.address().getPort();
    Ledger ledger =
        closing(PbClient.to(endpoint).listener(listener).reconnecting().start())
            .target()
            .as(Ledger.class);
    assertThat(ledger.add(1)).isOne();
    assertThatThrownBy(() -> within(ledger.noMatch())).isInstanceOf(ExecutionException.class);
    assertThat(outcomes)
        .containsExactly(PbListener.Outcome.ANSWERED, PbListener.Outcome.UNREADABLE);
  }

  @Test
  void toCloseItEndsNothing() throws Exception {
    ReconnectingClient client = clientOf(start(book));
    Ledger ledger = client.target().as(Ledger.class);
    ledger.close();
    assertThat(ledger.add(2)).isEqualTo(2);
    assertThat(ledger).isEqualTo(client.target().as(Ledger.class)).hasToString(text(client));
    assertThat(ledger).isNotEqualTo(client.target().as(CompletableLedger.class));
  }

  private static String text(ReconnectingClient client) {
    return "Ledger of " + client.target();
  }

  /** The same object, seen otherwise. */
  interface CompletableLedger {
    CompletionStage<Integer> sum();
  }

  @Test
  void whatReadsAnswersMayNotWaitForOne() throws Exception {
    Ledger ledger = clientOf(start(book)).target().as(Ledger.class);
    CompletionStage<Integer> chained = ledger.held().thenApply(ledger::add);
    book.held.complete(1); // What follows runs where the answer is read, and not here.
    assertThatThrownBy(() -> within(chained))
        .hasCauseInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Ledger.add waits for its answer");
  }
}
