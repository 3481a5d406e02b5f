// SPDX-License-Identifier: Apache-2.0
package tea.api;

import dev.spindle.pb.types.Copyable;

/** A copy. */
@Copyable("tea.Item")
public record Item(String name, int count) {}
