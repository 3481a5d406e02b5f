// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import dev.spindle.pb.banana.BananaException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The objects of ours that the other side holds, and how often.
 *
 * <p>Thread: the connection's. Source: reference, section 10.2.
 */
final class Exports {
  private final int maxReferences;
  private final MethodTables tables;
  private final Map<Object, Export> byId = new HashMap<>();
  private final IdentityHashMap<Referenceable, Export> byIdentity = new IdentityHashMap<>();

  /** Those that go out by an interface, where the object and the interface are the identity. */
  private final Map<Referenceable, Export> byInterface = new HashMap<>();

  private long lastNumber;

  /** Occurrences written into the message under way: taken back if it cannot be sent. */
  private final List<Export> written = new ArrayList<>();

  Exports(int maxReferences, MethodTables tables) {
    this.maxReferences = maxReferences;
    this.tables = tables;
  }

  /** Exposes an object under a name, uncounted. */
  void name(Object name, Referenceable object) {
    byId.put(name, new Export(name, object, tables));
  }

  @Nullable Export get(Object id) {
    return byId.get(id);
  }

  /** The object of a number that may still be called. */
  @Nullable Export callable(Object id) {
    Export export = byId.get(id);
    return export == null || isRetired(export) ? null : export;
  }

  int size() {
    return byId.size();
  }

  /** Counts one occurrence and answers with the number that stands for it. */
  long add(Referenceable object) {
    Map<Referenceable, Export> known = tableOf(object);
    Export export = known.get(object);
    if (export == null) {
      if (byId.size() > maxReferences) {
        throw Failures.tooManyReferences();
      }
      export = new Export(lastNumber + 1, object, tables);
      lastNumber++;
      byId.put(export.id, export);
      known.put(object, export);
    }
    export.count++;
    written.add(export);
    return (Long) export.id;
  }

  private Map<Referenceable, Export> tableOf(Referenceable object) {
    return object instanceof InterfaceExposure ? byInterface : byIdentity;
  }

  /** The message was sent whole. */
  void commit() {
    if (!written.isEmpty()) {
      written.clear();
    }
  }

  /** The message was a call: what it mentions stays resolvable until its answer. */
  List<Export> commitMentioned() {
    if (written.isEmpty()) {
      return List.of();
    }
    List<Export> mentioned = List.copyOf(written);
    mentioned.forEach(export -> export.mentions++);
    written.clear();
    return mentioned;
  }

  /** The message was not sent: nothing of it counts. */
  void rollBack() {
    for (Export export : written) {
      if (--export.count == 0) {
        retire(export);
      }
    }
    written.clear();
  }

  /** A call that mentioned these was answered. */
  void answered(List<Export> mentioned) {
    for (Export export : mentioned) {
      export.mentions--;
      forgetIfUnused(export);
    }
  }

  /**
   * Pays back one occurrence.
   *
   * @throws BananaException when no object has this number
   */
  void decref(Object id) throws BananaException {
    Export export = callable(id);
    if (export == null || !(id instanceof Long)) {
      throw new BananaException("decref of " + id + ", which is no reference of ours");
    }
    if (--export.count == 0) {
      retire(export);
    }
  }

  private void retire(Export export) {
    tableOf(export.referenceable()).remove(export.referenceable());
    forgetIfUnused(export);
    export.released();
  }

  private void forgetIfUnused(Export export) {
    if (isRetired(export) && export.mentions == 0) {
      byId.remove(export.id);
    }
  }

  private static boolean isRetired(Export export) {
    return export.count == 0 && export.id instanceof Long;
  }

  /** A result was not sent, so that nobody will ever let go of it. */
  void unsent(@Nullable Object result) {
    if (result instanceof Exposure exposure && !byIdentity.containsKey(exposure)) {
      exposure.released();
    }
  }

  /** The connection ended: the other side holds nothing any more. */
  void clear() {
    List<Export> held = List.copyOf(byIdentity.values());
    byId.clear();
    byIdentity.clear();
    byInterface.clear();
    held.forEach(Export::released);
  }
}
