// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop.conversations;

import com.fasterxml.jackson.databind.JsonNode;
import dev.spindle.interop.TwistedPeer;
import dev.spindle.interop.Wiring;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A Twisted process of its own. */
final class TwistedSide implements Side, AutoCloseable {
  private final TwistedPeer peer = TwistedPeer.start(List.of("src/test/python/conversing.py"));

  void makeCertificates(Path folder) {
    peer.command(null, "make_certificates", folder.toString());
  }

  @Override
  public Service serve(Feature feature, Wiring wiring) {
    String place = command("serve", feature, wiring).asText();
    return new Service() {
      @Override
      public String place() {
        return place;
      }

      @Override
      public List<String> end() {
        return lines(peer.command(null, "end", place));
      }
    };
  }

  @Override
  public List<String> visit(Feature feature, Wiring wiring, String place) {
    return lines(command("visit", feature, wiring, place));
  }

  private JsonNode command(String name, Feature feature, Wiring wiring, String... place) {
    List<Object> arguments = new ArrayList<>();
    arguments.add(feature.wireName());
    arguments.add(wiring.kind().wireName());
    arguments.add(wiring.folder().toString());
    arguments.addAll(List.of(place));
    return peer.command(null, name, arguments.toArray());
  }

  private static List<String> lines(JsonNode told) {
    List<String> lines = new ArrayList<>();
    told.forEach(line -> lines.add(line.asText()));
    return lines;
  }

  String stderr() {
    return peer.stderr();
  }

  @Override
  public void close() {
    peer.close();
  }
}
