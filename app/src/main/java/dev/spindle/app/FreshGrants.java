// SPDX-License-Identifier: Apache-2.0
package dev.spindle.app;

import dev.spindle.depot.GrantSource;
import dev.spindle.farm.Grant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Gives out a grant that is already here, then asks for another each time. */
final class FreshGrants implements GrantSource {
  private final Supplier<Grant> more;
  private @Nullable Grant first;

  FreshGrants(Grant first, Supplier<Grant> more) {
    this.first = first;
    this.more = more;
  }

  @Override
  public Grant next() {
    Grant grant = first;
    first = null;
    return grant != null ? grant : more.get();
  }
}
