// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.types;

/** What stays where it is: a reference to it travels. The layer above says how. */
public interface ByReference extends Sendable {}
