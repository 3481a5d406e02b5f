// SPDX-License-Identifier: Apache-2.0
/** The recorded vectors, as the tests of all layers read them. */
@NullMarked
package dev.spindle.pb.vectors;

import org.jspecify.annotations.NullMarked;
