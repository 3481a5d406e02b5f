// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.jelly;

import dev.spindle.pb.banana.ByteString;
import org.jspecify.annotations.Nullable;

/** The tags that an endpoint reads beyond the plain types. */
@FunctionalInterface
public interface TagReaders {
  TagReaders NONE = tag -> null;

  /** The reader for exactly this tag, or null when the tag may not arrive. */
  @Nullable TagReader forTag(ByteString tag);
}
