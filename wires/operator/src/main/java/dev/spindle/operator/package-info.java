// SPDX-License-Identifier: Apache-2.0
/**
 * The operator's wire: what the command line and other programs ask of a controller, over the same
 * Perspective Broker that workers use.
 *
 * <p>{@code OperatorRealm} and {@code OperatorPerspective} serve it; {@code OperatorClient} is the
 * other end. Values are those of {@code dev.spindle.forms}.
 */
@NullMarked
package dev.spindle.operator;

import org.jspecify.annotations.NullMarked;
