// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.jelly;

import dev.spindle.pb.banana.ByteString;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An object by value: {@code [tag part …]}.
 *
 * @param tag names the type to the receiver
 * @param parts values, each jellied in turn
 */
public record Form(ByteString tag, List<@Nullable Object> parts) {
  public Form {
    parts = Collections.unmodifiableList(Arrays.asList(parts.toArray()));
  }
}
