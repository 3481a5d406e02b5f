// SPDX-License-Identifier: Apache-2.0
/** Tests against real peers, and of the program as its users start it. */
@NullMarked
package dev.spindle.interop;

import org.jspecify.annotations.NullMarked;
