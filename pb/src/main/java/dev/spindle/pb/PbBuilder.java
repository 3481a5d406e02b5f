// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import dev.spindle.pb.banana.BananaLimits;
import dev.spindle.pb.broker.BrokerSettings;
import dev.spindle.pb.types.Types;

/**
 * The settings that both ends have. Not for use by several threads.
 *
 * @param <B> the builder itself
 */
public abstract sealed class PbBuilder<B extends PbBuilder<B>>
    permits PbClient.Builder, PbServer.Builder {
  private BrokerSettings settings = BrokerSettings.DEFAULT;
  private LinkLimits linkLimits = LinkLimits.DEFAULT;

  PbBuilder() {}

  abstract B self();

  /** Which objects travel by value beyond the plain types; none unless told. */
  public B types(Types types) {
    return settings(settings.withTypes(types));
  }

  /** What is read and sent at most; what a Twisted peer takes unless told. */
  public B limits(BananaLimits limits) {
    return settings(settings.withLimits(limits));
  }

  /** Most objects of ours that the other side of one connection may hold; 1,024 unless told. */
  public B maxReferences(int count) {
    return settings(settings.withMaxReferences(count));
  }

  /** Most calls of one connection that may be under way at once; 4,096 unless told. */
  public B maxCallsInFlight(int count) {
    return settings(settings.withMaxCallsInFlight(count));
  }

  BrokerSettings settings() {
    return settings;
  }

  B settings(BrokerSettings changed) {
    settings = changed;
    return self();
  }

  LinkLimits linkLimits() {
    return linkLimits;
  }

  B linkLimits(LinkLimits changed) {
    linkLimits = changed;
    return self();
  }
}
