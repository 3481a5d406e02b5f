// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop;

/** What a {@link RandomValue} is made of, in either language. */
record RandomSeed(long seed, int containers) {}
