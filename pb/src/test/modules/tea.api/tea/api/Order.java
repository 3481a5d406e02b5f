// SPDX-License-Identifier: Apache-2.0
package tea.api;

import java.util.Optional;

/** A dict on the wire. */
public record Order(String name, Optional<Integer> count) {}
