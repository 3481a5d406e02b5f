// SPDX-License-Identifier: Apache-2.0
/**
 * What the futures of the layers above have in common. Not exported: to their users they are
 * futures.
 */
@NullMarked
package dev.spindle.pb.waiting;

import org.jspecify.annotations.NullMarked;
