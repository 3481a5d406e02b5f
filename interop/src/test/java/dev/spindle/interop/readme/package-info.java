// SPDX-License-Identifier: Apache-2.0
/** The programs of {@code pb/README.md}. What stands between their marks is printed there. */
@NullMarked
package dev.spindle.interop.readme;

import org.jspecify.annotations.NullMarked;
