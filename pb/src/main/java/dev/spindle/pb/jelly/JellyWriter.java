// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.jelly;

import dev.spindle.pb.banana.BananaWriter;
import dev.spindle.pb.banana.ByteString;
import dev.spindle.pb.banana.UnsendableException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes objects as expressions, straight into the buffer.
 *
 * <p>Two passes over each value: the first finds the containers that occur more than once, since
 * the wrapper {@code [reference n x]} goes around the <em>first</em> occurrence; the second writes.
 * A value without containers needs no first pass.
 *
 * <p>Thread: one at a time. A value must not be changed while it is written; if it is, the write
 * fails and nothing is sent.
 *
 * <p>Errors: {@link UnsendableException}, with the path to the part that cannot be sent. The caller
 * rolls the buffer back.
 *
 * <p>Source: reference, sections 5 and 6.
 */
public final class JellyWriter {
  private final Outward outward;
  private final Sharing sharing = new Sharing();
  private final Hashable hashable = new Hashable();
  private final Unfinished unfinished = new Unfinished();
  private int depth;

  /** To the part that cannot be sent, once there is one. */
  private @Nullable Path path;

  /** The part that the first pass has come to on its way out with an error. */
  private @Nullable Object culprit;

  public JellyWriter(Outward outward) {
    this.outward = outward;
  }

  /** Writes one value. */
  public void write(@Nullable Object value, BananaWriter out) {
    try {
      scan(value);
      put(value, out);
    } catch (UnsendableException e) {
      throw path().at(e);
    } finally {
      forget();
    }
  }

  /** Writes positional arguments as one value: {@code [tuple …]}. */
  public void writeArguments(@Nullable Object[] arguments, BananaWriter out) {
    int at = 0;
    try {
      for (; at < arguments.length; at++) {
        scan(arguments[at]);
      }
      out.list(arguments.length + 1);
      out.string(Atoms.TUPLE);
      for (at = 0; at < arguments.length; at++) {
        put(arguments[at], out);
      }
    } catch (UnsendableException e) {
      if (at < arguments.length) {
        path().outOfArgument(at);
      }
      throw path().at(e);
    } finally {
      forget();
    }
  }

  /** Writes keyword arguments as one value: {@code [dictionary …]} with text keys. */
  public void writeKeywords(Map<String, ? extends @Nullable Object> keywords, BananaWriter out) {
    @Nullable String name = null;
    try {
      for (Map.Entry<String, ? extends @Nullable Object> keyword : keywords.entrySet()) {
        name = keyword.getKey();
        scan(keyword.getValue());
      }
      int count = 0;
      out.list(keywords.size() + 1);
      out.string(Atoms.DICTIONARY);
      for (Map.Entry<String, ? extends @Nullable Object> keyword : keywords.entrySet()) {
        count++;
        name = keyword.getKey();
        out.list(2);
        put(name, out);
        put(keyword.getValue(), out);
      }
      refuseChanged(keywords.size(), count);
    } catch (UnsendableException e) {
      if (name != null) {
        path().outOfArgument(name);
      }
      throw path().at(e);
    } finally {
      forget();
    }
  }

  /** Now, not with the next value: who waits for that keeps this one alive. */
  private void forget() {
    sharing.clear();
    hashable.clear();
    unfinished.clear();
    depth = 0;
    path = null;
    culprit = null;
  }

  private Path path() {
    Path known = path;
    if (known == null) {
      known = new Path();
      path = known;
    }
    return known;
  }

  // ---- first pass: who is met twice? ----

  private void scan(@Nullable Object value) {
    if (ScalarWriter.isScalar(value)) {
      return;
    }
    if (value instanceof Collection<?> members) {
      if (firstMeeting(value, null)) {
        scanMembers(members);
        depth--;
      }
    } else if (value instanceof Map<?, ?> map) {
      if (firstMeeting(value, null)) {
        scanPairs(map);
        depth--;
      }
    } else if (!sharing.meetAgain(value) && !outward.isReference(value)) {
      scanForm(value);
    }
  }

  private void scanMembers(Collection<?> members) {
    try {
      members.forEach(this::scan);
    } catch (UnsendableException e) {
      path().outOfMember(members, culprit);
      culprit = members;
      throw e;
    }
  }

  private void scanPairs(Map<?, ?> map) {
    try {
      map.forEach(
          (key, member) -> {
            scan(key);
            scan(member);
          });
    } catch (UnsendableException e) {
      path().outOfPair(map, culprit);
      culprit = map;
      throw e;
    }
  }

  private void scanForm(Object value) {
    Form form = outward.formOf(value);
    if (form == null) {
      culprit = value;
      throw new UnsendableException(
          "an object of "
              + value.getClass().getName()
              + " cannot be sent: it is no plain type, no reference and not registered as a copy");
    }
    if (firstMeeting(value, form)) {
      try {
        form.parts().forEach(this::scan);
      } catch (UnsendableException e) {
        path().outOfCopy(form.tag());
        culprit = value;
        throw e;
      }
      depth--;
    }
  }

  /** Enters an object, if it is met for the first time; the caller then leaves it. */
  private boolean firstMeeting(Object value, @Nullable Form form) {
    if (Sharing.isJvmConstant(value) || sharing.meetAgain(value)) {
      return false;
    }
    sharing.remember(value, form);
    if (++depth > JellyLimits.MAX_SEND_DEPTH) {
      culprit = value;
      throw new UnsendableException(
          "a value nested deeper than " + JellyLimits.MAX_SEND_DEPTH + " cannot be sent");
    }
    return true;
  }

  // ---- second pass: write ----

  private void put(@Nullable Object value, BananaWriter out) {
    if (ScalarWriter.put(value, out)) {
      return;
    }
    if (value instanceof Collection || value instanceof Map) {
      putTracked(value, out);
    } else if (sharing.get(value) != null) {
      putTracked(value, out);
    } else {
      outward.writeReference(value, out);
    }
  }

  private void putTracked(Object value, BananaWriter out) {
    Sharing.Met met = sharing.get(value);
    if (met != null && met.number != 0) {
      putShared(value, met, out);
      return;
    }
    Sharing.Met before = unfinished.begin();
    putWhole(value, met, out);
    unfinished.end(value, before);
  }

  private void putShared(Object value, Sharing.Met met, BananaWriter out) {
    if (met.written) {
      unfinished.mention(met);
      out.list(2);
      out.string(Atoms.DEREFERENCE);
      out.integer(met.number);
      return;
    }
    met.written = true;
    out.list(3);
    out.string(Atoms.REFERENCE);
    out.integer(met.number);
    Sharing.Met before = unfinished.begin(met);
    putWhole(value, met, out);
    unfinished.end(value, met, before);
  }

  private void putWhole(Object value, Sharing.@Nullable Met met, BananaWriter out) {
    if (met != null && met.form != null) {
      putForm(met.form, out);
    } else if (value instanceof Tuple tuple) {
      putMembers(Atoms.TUPLE, tuple, out);
    } else if (value instanceof List<?> list) {
      putMembers(Atoms.LIST, list, out);
    } else if (value instanceof FrozenSet set) {
      putMembers(Atoms.FROZENSET, set, out);
    } else if (value instanceof Set<?> set) {
      putMembers(Atoms.SET, set, out);
    } else if (value instanceof Map<?, ?> map) {
      putPairs(map, out);
    } else {
      throw new UnsendableException(
          "a collection of " + value.getClass().getName() + " is neither a list nor a set");
    }
  }

  private void putForm(Form form, BananaWriter out) {
    out.list(form.parts().size() + 1);
    out.string(form.tag());
    try {
      form.parts().forEach(part -> put(part, out));
    } catch (UnsendableException e) {
      path().outOfCopy(form.tag());
      throw e;
    }
  }

  private void putMembers(ByteString atom, Collection<?> members, BananaWriter out) {
    boolean needsHash = members instanceof Set;
    int size = members.size();
    out.list(size + 1);
    out.string(atom);
    int count = 0;
    try {
      for (Object member : members) {
        if (needsHash) {
          refuseUnhashable("a set member", member);
        }
        put(member, out);
        count++;
      }
    } catch (UnsendableException e) {
      path().outOfMember(members, count);
      throw e;
    }
    refuseChanged(size, count);
  }

  private void putPairs(Map<?, ?> map, BananaWriter out) {
    int size = map.size();
    out.list(size + 1);
    out.string(Atoms.DICTIONARY);
    int count = 0;
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      count++;
      try {
        out.list(2);
        refuseUnhashable("a dict key", entry.getKey());
        put(entry.getKey(), out);
        put(entry.getValue(), out);
      } catch (UnsendableException e) {
        path().outOfPair(entry.getKey());
        throw e;
      }
    }
    refuseChanged(size, count);
  }

  /** A Python peer would break on it, in an answer even with the whole connection. */
  private void refuseUnhashable(String what, @Nullable Object value) {
    String fault = hashable.fault(value);
    if (fault != null) {
      throw new UnsendableException(
          what + " that is or holds " + fault + ": Python would not take it");
    }
  }

  /** A count that does not hold would shift everything behind it on the wire. */
  private static void refuseChanged(int announced, int written) {
    if (announced != written) {
      throw new UnsendableException(
          "a collection changed while it was being sent: from " + announced + " to " + written);
    }
  }
}
