// SPDX-License-Identifier: Apache-2.0
/** Whole farms of real processes, started and used as users do. */
@NullMarked
package dev.spindle.interop.farm;

import org.jspecify.annotations.NullMarked;
