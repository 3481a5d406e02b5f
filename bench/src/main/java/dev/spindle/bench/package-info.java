// SPDX-License-Identifier: Apache-2.0
/** Measures Spindle beside its peers, in one run: figures alone say more of the machine. */
@NullMarked
package dev.spindle.bench;

import org.jspecify.annotations.NullMarked;
