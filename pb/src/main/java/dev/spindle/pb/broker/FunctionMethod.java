// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import dev.spindle.pb.banana.ByteString;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One method of an {@link OpenObject}: takes whatever arguments there are. */
final class FunctionMethod {
  /** The name under which its one method is found, whatever name it was called by. */
  static final ByteString CALL = ByteString.utf8("call");

  private final OpenObject.Function function;

  FunctionMethod(OpenObject.Function function) {
    this.function = function;
  }

  @Exposed
  @Nullable Object call(
      PbConnection connection,
      @Caller Optional<Object> perspective,
      @Keywords Map<String, @Nullable Object> keywords,
      @Nullable Object... arguments)
      throws Exception {
    return function.call(
        new Invocation(Arrays.asList(arguments), keywords, connection, perspective));
  }
}
