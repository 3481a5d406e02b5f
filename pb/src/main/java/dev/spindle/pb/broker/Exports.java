// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import dev.spindle.pb.banana.BananaException;
import dev.spindle.pb.banana.ByteString;
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
  /** Most connections give a few objects away, or none: the table grows with them. */
  private static final int FEW = 4;

  private final TableLimit limit;
  private final MethodTables tables;
  private final Map<Object, Export> byId = new HashMap<>();
  private final Map<Referenceable, Export> byIdentity = new IdentityHashMap<>(FEW);

  /** Views, and what goes out by an interface: these are told apart by what they stand for. */
  private final Map<Referenceable, Export> byMeaning = new HashMap<>();

  /** What is published under names while the connection lives, and how it was last found there. */
  private @Nullable Services services;

  private final RareMap<ByteString, Export> published = new RareMap<>();

  private long lastNumber;

  /** Occurrences written into the message under way: taken back if it cannot be sent. */
  private final List<Counted> written = new ArrayList<>();

  Exports(TableLimit limit, MethodTables tables) {
    this.limit = limit;
    this.tables = tables;
  }

  /** Exposes an object under a name, uncounted. */
  void name(Object name, Referenceable object) {
    byId.put(name, new Export(name, object, this, tables));
  }

  /** Exposes what is published, as long as it is. */
  void serve(Services served) {
    services = served;
  }

  @Nullable Export get(Object id) {
    Export export = byId.get(id);
    return export == null && services != null && id instanceof ByteString name
        ? service(name, services)
        : export;
  }

  private @Nullable Export service(ByteString name, Services from) {
    Referenceable object = from.find(name);
    if (object == null) {
      published.remove(name);
      return null;
    }
    Export known = published.get(name);
    if (known == null || known.referenceable() != object) {
      known = new Export(name, object, this, tables);
      published.put(name, known);
    }
    return known;
  }

  /** The object of a number that may still be called. */
  @Nullable Export callable(Object id) {
    Export export = get(id);
    return export == null || export.isRetired() ? null : export;
  }

  int size() {
    return byId.size();
  }

  /** A number that was never used on this connection: objects and caches share them. */
  long nextNumber() {
    return ++lastNumber;
  }

  /** Counts one occurrence and answers with the number that stands for it. */
  long add(Referenceable object) {
    Map<Referenceable, Export> known = tableOf(object);
    Export export = known.get(object);
    if (export == null) {
      limit.requireRoom(byId.size(), "reference");
      export = new Export(lastNumber + 1, object, this, tables);
      lastNumber++;
      byId.put(export.id, export);
      known.put(object, export);
    }
    count(export);
    return (Long) export.id;
  }

  private Map<Referenceable, Export> tableOf(Referenceable object) {
    boolean hasMeaning = object instanceof View || object instanceof InterfaceExposure;
    return hasMeaning ? byMeaning : byIdentity;
  }

  /** Counts one occurrence in the message under way. */
  void count(Counted counted) {
    counted.count++;
    written.add(counted);
  }

  /** The message was sent whole. */
  void commit() {
    if (!written.isEmpty()) {
      written.clear();
    }
  }

  /** The message was a call: what it mentions stays resolvable until its answer. */
  List<Counted> commitMentioned() {
    if (written.isEmpty()) {
      return List.of();
    }
    List<Counted> mentioned = List.copyOf(written);
    mentioned.forEach(counted -> counted.mentions++);
    written.clear();
    return mentioned;
  }

  /** The message was not sent: nothing of it counts. */
  void rollBack() {
    if (written.isEmpty()) {
      return;
    }
    // Whoever hears that theirs was not sent may send something else.
    List<Counted> unsent = List.copyOf(written);
    written.clear();
    for (Counted counted : unsent) {
      if (--counted.count == 0) {
        counted.unsent();
      }
    }
  }

  /** A call that mentioned these was answered. */
  void answered(List<Counted> mentioned) {
    for (Counted counted : mentioned) {
      if (--counted.mentions == 0 && counted.isRetired()) {
        counted.forget();
      }
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

  void retire(Export export) {
    tableOf(export.referenceable()).remove(export.referenceable());
    if (export.mentions == 0) {
      forget(export);
    }
    export.released();
  }

  void forget(Export export) {
    byId.remove(export.id);
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
    byMeaning.clear();
    held.forEach(Export::released);
  }
}
