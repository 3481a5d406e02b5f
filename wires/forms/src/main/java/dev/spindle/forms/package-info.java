// SPDX-License-Identifier: Apache-2.0
/**
 * The farm's values as plain Perspective Broker data: dictionaries with text keys, lists, numbers,
 * text and None. One class a value, with both directions in it.
 *
 * <p>Unknown keys are ignored, so that either side may be newer. A missing key or one of the wrong
 * type is an error that names it.
 */
@NullMarked
package dev.spindle.forms;

import org.jspecify.annotations.NullMarked;
