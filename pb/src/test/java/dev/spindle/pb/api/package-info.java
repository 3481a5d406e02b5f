// SPDX-License-Identifier: Apache-2.0
/** What users may rely on, compared with what they could before. */
@NullMarked
package dev.spindle.pb.api;

import org.jspecify.annotations.NullMarked;
