// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.types;

/** What the layer above knows how to send, without being registered. */
public interface Sendable {}
