// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import dev.spindle.pb.types.RemoteCache;
import dev.spindle.pb.types.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A copy of a {@link Pond}. */
final class PondCopy implements RemoteCache {
  static final Types TYPES = Types.builder().caches(Pond.TAG, PondCopy::new).build();

  final List<Object> ducks = new ArrayList<>();
  @Nullable Object self;
  int farewells;

  @Override
  public void setState(@Nullable Object state) {
    Map<String, @Nullable Object> attributes = RemoteCache.attributes(state);
    ducks.addAll((List<?>) Objects.requireNonNull(attributes.get("ducks")));
    self = attributes.get("self");
  }

  @Exposed
  int added(Object duck) {
    ducks.add(duck);
    return ducks.size();
  }

  @Exposed
  void farewell() {
    farewells++;
  }
}
