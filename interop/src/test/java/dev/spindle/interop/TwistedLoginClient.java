// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Twisted logs in to Java. */
final class TwistedLoginClient implements LoginClient {
  private final TwistedPeer peer;
  private final int number;

  /** For a visit that has begun. */
  TwistedLoginClient(TwistedPeer peer, int number) {
    this.peer = peer;
    this.number = number;
  }

  @Override
  public Answer logIn(String handle, String name, String password) {
    return answer(peer.command(number, "log_in", handle, name, password));
  }

  @Override
  public Answer logInAnonymously(String handle) {
    @Nullable Object nobody = null;
    return answer(peer.command(number, "log_in", handle, nobody, nobody));
  }

  @Override
  public Answer call(String handle, String method, Object... args) {
    List<Object> all = new ArrayList<>(List.of(handle, method));
    all.addAll(Arrays.asList(args));
    return answer(peer.command(number, "call", all.toArray()));
  }

  @Override
  public Answer callAndKeep(String handle, String method, String keptAs) {
    return answer(peer.command(number, "call_and_keep", handle, method, keptAs));
  }

  @Override
  public Answer callWith(String handle, String method, String kept) {
    return answer(peer.command(number, "call_with", handle, method, kept));
  }

  @Override
  public Answer listen(String handle) {
    return answer(peer.command(number, "listen", handle));
  }

  @Override
  public boolean isSame(String one, String other) {
    return Boolean.parseBoolean(answer(peer.command(number, "same", one, other)).value());
  }

  private static Answer answer(JsonNode told) {
    Outcome outcome = Outcome.of(told);
    return new Answer(outcome.value(), outcome.type(), outcome.parents());
  }

  @Override
  public void letGo(String handle) {
    peer.command(number, "let_go", handle);
  }

  @Override
  public void hangUp() {
    peer.command(number, "hang_up");
  }

  @Override
  public void close() {
    hangUp();
    peer.command(null, "forget", number);
  }
}
