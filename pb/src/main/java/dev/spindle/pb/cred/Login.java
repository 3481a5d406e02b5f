// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.cred;

import dev.spindle.pb.broker.PbConnection;
import dev.spindle.pb.broker.RemoteReference;
import java.util.Optional;

/**
 * A login that passed its check.
 *
 * @param avatarId who it is
 * @param mind the object that the client gave for the avatar to call, if any
 * @param connection where it comes from
 */
public record Login(String avatarId, Optional<RemoteReference> mind, PbConnection connection) {}
