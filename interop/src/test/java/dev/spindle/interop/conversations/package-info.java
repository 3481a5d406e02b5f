// SPDX-License-Identifier: Apache-2.0
/**
 * Conversations about one feature each, between a client and a server in either language, over
 * every transport. {@code src/test/python/conversations} has the other halves.
 */
@NullMarked
package dev.spindle.interop.conversations;

import org.jspecify.annotations.NullMarked;
