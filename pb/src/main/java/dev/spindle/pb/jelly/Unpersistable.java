// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.jelly;

/**
 * What arrives in the place of an object that its owner could not send.
 *
 * @param reason the owner's words
 */
public record Unpersistable(String reason) {}
