// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call of a method of an {@link OpenObject}.
 *
 * @param arguments by position, as they were read
 * @param keywords by name
 * @param connection the caller's
 * @param perspective that the call is made through; empty when nobody is logged in
 */
public record Invocation(
    List<@Nullable Object> arguments,
    Map<String, @Nullable Object> keywords,
    PbConnection connection,
    Optional<Object> perspective) {}
