// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.types;

import dev.spindle.pb.banana.ByteString;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an endpoint's user registered, as far as declared types are concerned.
 *
 * @param conversions what stands for classes, as the user says
 * @param sent classes that are sent by value under a tag
 * @param copied the tags of those that are read and sent by their own parts
 * @param remote interfaces that travel as references without being annotated so
 * @param readsUnknown whether functions read tags as classes that nobody named
 */
record Registered(
    Map<Class<?>, Converter> conversions,
    Set<Class<?>> sent,
    Map<Class<?>, ByteString> copied,
    Set<Class<?>> remote,
    boolean readsUnknown) {
  Registered {
    conversions = Map.copyOf(conversions);
    sent = Set.copyOf(sent);
    copied = Map.copyOf(copied);
    remote = Set.copyOf(remote);
  }

  boolean isRemote(Class<?> type) {
    return type.isInterface() && (type.isAnnotationPresent(Remote.class) || remote.contains(type));
  }

  /** Whether objects of a class, or of one that extends it, travel as they are. */
  boolean travels(Class<?> type) {
    return isSent(type)
        || sent.stream().anyMatch(type::isAssignableFrom)
        || (readsUnknown && !type.getName().startsWith("java."));
  }

  /** Whether every object of a class travels as it is. */
  boolean isSent(Class<?> type) {
    return Sendable.class.isAssignableFrom(type)
        || sent.stream().anyMatch(each -> each.isAssignableFrom(type));
  }

  @Nullable ByteString tagOf(Class<?> copied) {
    return this.copied.get(copied);
  }
}
