// SPDX-License-Identifier: Apache-2.0
package dev.spindle.worker;

import dev.spindle.farm.LogStream;

/** A piece of a job's log, as one report carries it. */
record LogPiece(LogStream stream, String text) {}
