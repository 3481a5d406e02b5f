// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop;

import dev.spindle.pb.Endpoint;
import dev.spindle.pb.PbClient;
import dev.spindle.pb.broker.Exposed;
import dev.spindle.pb.broker.Referenceable;
import dev.spindle.pb.broker.RemoteException;
import dev.spindle.pb.broker.RemoteReference;
import dev.spindle.pb.cred.Credentials;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;

/** Java logs in to Twisted. */
final class JavaLoginClient implements LoginClient {
  private final PbClient client;
  private final Map<String, RemoteReference> avatars = new HashMap<>();

  JavaLoginClient(Endpoint endpoint) throws IOException {
    client = PbClient.to(endpoint).types(LoginServer.TYPES).connect();
  }

  static final class Mind implements Referenceable {
    @Exposed
    String ask(String text) {
      return "mind of a Java client: " + text;
    }
  }

  @Override
  public Answer logIn(String handle, String name, String password) {
    return logIn(handle, Credentials.password(name, password));
  }

  @Override
  public Answer logInAnonymously(String handle) {
    return logIn(handle, Credentials.anonymous());
  }

  private Answer logIn(String handle, Credentials credentials) {
    try {
      avatars.put(handle, Meeting.await(client.login(credentials, new Mind())));
      return Answer.of(handle);
    } catch (RemoteException e) {
      return new Answer(null, e.type(), e.parents());
    }
  }

  @Override
  public Answer call(String handle, String method, Object... args) {
    try {
      return Answer.of(String.valueOf(Meeting.await(avatar(handle).call(method, args))));
    } catch (RemoteException e) {
      return new Answer(null, e.type(), e.parents());
    }
  }

  static final class Listener implements Referenceable {
    @Exposed
    CompletionStage<String> hear(String secret, RemoteReference panel) {
      return panel.call("who", 7).thenApply(who -> secret + ", " + who);
    }
  }

  @Override
  public Answer callAndKeep(String handle, String method, String keptAs) {
    Object reference = Meeting.await(avatar(handle).call(method));
    avatars.put(keptAs, (RemoteReference) Objects.requireNonNull(reference));
    return Answer.of(keptAs);
  }

  @Override
  public Answer callWith(String handle, String method, String kept) {
    return call(handle, method, avatar(kept));
  }

  @Override
  public Answer listen(String handle) {
    return call(handle, "tell", new Listener());
  }

  @Override
  public boolean isSame(String one, String other) {
    return avatar(one) == avatar(other);
  }

  private RemoteReference avatar(String handle) {
    return Objects.requireNonNull(avatars.get(handle));
  }

  @Override
  public void letGo(String handle) {
    Objects.requireNonNull(avatars.remove(handle)).close();
  }

  @Override
  public void hangUp() {
    client.close();
  }

  @Override
  public void close() {
    client.close();
  }
}
