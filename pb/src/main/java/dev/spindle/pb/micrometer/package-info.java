// SPDX-License-Identifier: Apache-2.0
/**
 * Metrics for Micrometer, which is an optional dependency: a program that uses this package brings
 * {@code io.micrometer:micrometer-core} itself.
 */
@NullMarked
package dev.spindle.pb.micrometer;

import org.jspecify.annotations.NullMarked;
