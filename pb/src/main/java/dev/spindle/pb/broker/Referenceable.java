// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

/**
 * An object that travels as a reference: the other side gets a {@link RemoteReference} and may call
 * the methods marked {@link Exposed}, and no others.
 *
 * <p>Identity counts: the same object is the same reference, and comes home as itself.
 */
public interface Referenceable {}
