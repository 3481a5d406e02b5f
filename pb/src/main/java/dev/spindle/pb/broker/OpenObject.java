// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import dev.spindle.pb.banana.ByteString;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * An object whose methods are added, replaced and removed while the other side holds it: each is a
 * function. Who holds a reference can call a new method at once.
 *
 * <p>Thread: any. A call that has begun ends as it began.
 */
public final class OpenObject implements Referenceable {

  /** A method. Called on the connection's thread; must not block. */
  @FunctionalInterface
  public interface Function {

    /**
     * The answer, or a {@link java.util.concurrent.CompletionStage} of it; what it throws is an
     * error.
     */
    @Nullable Object call(Invocation call) throws Exception;
  }

  private final Map<ByteString, FunctionMethod> functions = new ConcurrentHashMap<>();

  /** Without methods yet. */
  public OpenObject() {}

  /** Adds a method, in the place of what had the name before. */
  public OpenObject add(String name, Function function) {
    functions.put(ByteString.utf8(name), new FunctionMethod(function));
    return this;
  }

  /** Takes a method away: who calls it is told that there is no such method. */
  public void remove(String name) {
    functions.remove(ByteString.utf8(name));
  }

  @Nullable FunctionMethod method(ByteString name) {
    return functions.get(name);
  }
}
