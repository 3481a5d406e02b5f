// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import dev.spindle.pb.types.ByReference;

/**
 * An object that everybody sees through a {@link View} of their own: what is sent is a reference to
 * the view of the perspective in force, and who calls it reaches the {@link Exposed} methods here,
 * which know the perspective by a parameter marked {@link Caller}.
 *
 * <p>The perspective in force is that of the method whose result is sent, or of the reference whose
 * method is called.
 *
 * <p>Source: reference, section 11.3.
 */
public interface Viewable extends ByReference {}
