// SPDX-License-Identifier: Apache-2.0
/**
 * Tests against real peers. The same list of scenarios runs in every {@link
 * dev.spindle.interop.Pairing}: both roles, both dialects.
 */
@NullMarked
package dev.spindle.interop;

import org.jspecify.annotations.NullMarked;
