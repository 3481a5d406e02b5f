// SPDX-License-Identifier: Apache-2.0
/**
 * How the layers above reach into the user's classes. Not exported: what a module opens to this one
 * must not be open to everybody.
 */
@NullMarked
package dev.spindle.pb.reach;

import org.jspecify.annotations.NullMarked;
