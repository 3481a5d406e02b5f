// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.spindle.pb.PbClient;
import dev.spindle.pb.PbServer;
import dev.spindle.pb.broker.Broker;
import dev.spindle.pb.broker.Exposed;
import dev.spindle.pb.broker.ReferenceCounts;
import dev.spindle.pb.broker.Referenceable;
import dev.spindle.pb.broker.RemoteReference;
import dev.spindle.pb.types.Types;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Sends many references to and fro between two {@link Soaker}s, both of which call at once, and
 * then finds the tables of both sides empty.
 */
final class Soak {
  /** Then the collector may let go of what nobody holds: Twisted takes 1,024 and no more. */
  private static final long ROUND = 10_000;

  private static final int MANY = 600;

  /** Sent and never read. */
  private static final Types TYPES =
      Types.builder()
          .sends(Declared.Unknown.class, "soak.Unknown", it -> Map.of("number", it.number()))
          .build();

  private Soak() {}

  /** What it took, in words. */
  static String betweenJavaAndTwisted(Pairing pairing, long references, long seed)
      throws Exception {
    long begun = System.nanoTime();
    try (TwistedPeer peer = TwistedPeer.start(pairing.dialect);
        Meeting meeting =
            Meeting.begin(pairing, peer, 1, Wiring.tcp(), settings -> settings.types(TYPES))) {
      JsonNode told = soak(meeting, references, seed);
      CountsTest.letGo(meeting);
      meeting.dropTheirs();
      CountsTest.awaitEmpty(meeting, pairing);
      return "Java and Twisted: %s; peak memory of Java %d MiB, of Python %d MiB"
          .formatted(
              took(references, begun), peakMebibytes(), told.get("peakKilobytes").asInt() / 1024);
    }
  }

  private static JsonNode soak(Meeting meeting, long references, long seed) throws Exception {
    Soaker soaker = new Soaker(seed);
    meeting.lab().soaker(soaker);
    meeting.twisted("soak_begin", seed);
    soaker.meet(soaker(meeting.call("soaker")), true);
    JsonNode told;
    long carried;
    do {
      CompletableFuture<Void> ours = soaker.run(ROUND / 2);
      told = meeting.twisted("soak", ROUND / 2);
      Meeting.await(ours);
      assertThat(soaker.faults()).isEmpty();
      assertThat(told.get("faults")).isEmpty();
      carried = soaker.carried() + told.get("carried").asLong();
      if (told.get("exported").asInt() > MANY) {
        collect(meeting);
      }
    } while (carried < references);
    Meeting.await(soaker.letGo());
    meeting.twisted("soak_end");
    meeting.lab().soaker(null);
    return told;
  }

  /** Lets Twisted know of what this side has forgotten. */
  private static void collect(Meeting meeting) {
    await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(5))
        .untilAsserted(
            () -> {
              System.gc();
              assertThat(meeting.twisted("counts").get("exported").asInt()).isLessThan(MANY);
            });
  }

  /** Where the client of two Java sides comes in. */
  private record Doorstep(Soaker soaker, CompletableFuture<Broker> met) implements Referenceable {
    @Exposed
    Soaker meet(RemoteReference theirs) {
      soaker.meet(theirs, false);
      met.complete((Broker) theirs.connection());
      return soaker;
    }
  }

  /** The same over a socket within this JVM. */
  static String betweenJavaAndJava(long references, long seed) throws Exception {
    long begun = System.nanoTime();
    Doorstep doorstep = new Doorstep(new Soaker(seed), new CompletableFuture<>());
    Soaker client = new Soaker(seed + 1);
    try (PbServer listening = PbServer.at("tcp:port=0").types(TYPES).root(doorstep).start();
        PbClient dialing =
            PbClient.to("tcp:port=" + listening.address().getPort()).types(TYPES).connect()) {
      // Not kept in a variable here, which would hold it to the end.
      client.meet(soaker(Meeting.await(dialing.root().call("meet", client))), false);
      Broker[] sides = {(Broker) dialing.root().connection(), doorstep.met().join()};
      soak(client, doorstep.soaker(), references, sides);
    }
    return "Java and Java: %s; peak memory %d MiB"
        .formatted(took(references, begun), peakMebibytes());
  }

  private static void soak(Soaker one, Soaker other, long references, Broker[] sides) {
    do {
      CompletableFuture<Void> ones = one.run(ROUND / 2);
      CompletableFuture<Void> others = other.run(ROUND / 2);
      Meeting.await(ones);
      Meeting.await(others);
      assertThat(one.faults()).isEmpty();
      assertThat(other.faults()).isEmpty();
      if (counts(sides[0]).exported() > MANY || counts(sides[1]).exported() > MANY) {
        awaitExported(sides, MANY, MANY);
      }
    } while (one.carried() + other.carried() < references);
    Meeting.await(CompletableFuture.allOf(one.letGo(), other.letGo()));
    awaitExported(sides, 0, 1); // the root has a name
    assertThat(counts(sides[0])).isEqualTo(new ReferenceCounts(0, 0));
    assertThat(counts(sides[1])).isEqualTo(new ReferenceCounts(1, 0));
  }

  private static RemoteReference soaker(@Nullable Object answer) {
    return (RemoteReference) Objects.requireNonNull(answer);
  }

  private static ReferenceCounts counts(Broker side) {
    return side.referenceCounts();
  }

  private static void awaitExported(Broker[] sides, int client, int server) {
    await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(5))
        .untilAsserted(
            () -> {
              System.gc();
              assertThat(counts(sides[0]).exported()).isLessThanOrEqualTo(client);
              assertThat(counts(sides[1]).exported()).isLessThanOrEqualTo(server);
            });
  }

  private static String took(long references, long begun) {
    return "%,d references in %.1f s".formatted(references, (System.nanoTime() - begun) / 1e9);
  }

  /** The most that this process has had in memory; 0 where nobody tells. */
  private static long peakMebibytes() throws IOException {
    Path status = Path.of("/proc/self/status");
    return Files.exists(status)
        ? Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("VmHWM:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
            .sum()
        : 0;
  }
}
