// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop.farm;

/** A program that has come to its end, with all that it wrote. */
record Ended(int code, String out, String err) {}
