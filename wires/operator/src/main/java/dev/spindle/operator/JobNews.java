// SPDX-License-Identifier: Apache-2.0
package dev.spindle.operator;

import dev.spindle.farm.JobState;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What changed of a watched job; what is empty has not changed since the watch began.
 *
 * @param state its newest state
 * @param percent how far the attempt is, when it tells
 * @param text what the attempt is doing
 * @param logEnd the last sequence number of its log, 0 when nothing was logged since
 */
public record JobNews(
    Optional<JobState> state, OptionalDouble percent, Optional<String> text, long logEnd) {}
