// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.types;

import dev.spindle.pb.banana.ByteString;

/**
 * A copy that is about to be sent, and whose parts have been written by somebody who knew more of
 * their types than the copy itself does.
 */
record PreparedCopy(ByteString tag, Object state) {}
