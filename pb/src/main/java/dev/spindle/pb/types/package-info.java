// SPDX-License-Identifier: Apache-2.0
/**
 * Which Java types travel by value beyond the plain ones, and how: {@link
 * dev.spindle.pb.types.Types} is an endpoint's list of them.
 *
 * <p>Source: Perspective Broker reference, sections 7 and 11.
 */
@NullMarked
package dev.spindle.pb.types;

import org.jspecify.annotations.NullMarked;
