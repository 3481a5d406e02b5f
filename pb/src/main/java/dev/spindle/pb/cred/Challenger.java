// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.cred;

import dev.spindle.pb.banana.ByteString;
import dev.spindle.pb.broker.Exposed;
import dev.spindle.pb.broker.Exposure;
import dev.spindle.pb.broker.PbConnection;
import dev.spindle.pb.broker.Referenceable;
import dev.spindle.pb.broker.RemoteReference;
import dev.spindle.pb.cred.PresentedCredentials.ChallengeResponse;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Takes the answer to one challenge. Source: reference, section 12.2. */
final class Challenger implements Referenceable {
  private final LoginRoot root;
  private final String name;
  private final byte[] challenge;

  Challenger(LoginRoot root, String name, byte[] challenge) {
    this.root = root;
    this.name = name;
    this.challenge = challenge;
  }

  @Exposed
  CompletionStage<Exposure> respond(
      ByteString response, Optional<RemoteReference> mind, PbConnection connection) {
    return root.login(
        new ChallengeResponse(name, challenge, response.toByteArray()), mind, connection);
  }
}
