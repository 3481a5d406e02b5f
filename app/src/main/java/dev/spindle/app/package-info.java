// SPDX-License-Identifier: Apache-2.0
/** The {@code spindle} command line: wires everything together, and alone reads configuration. */
@NullMarked
package dev.spindle.app;

import org.jspecify.annotations.NullMarked;
