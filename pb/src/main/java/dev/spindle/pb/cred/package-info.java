// SPDX-License-Identifier: Apache-2.0
/**
 * Login: a {@link dev.spindle.pb.cred.Portal} joins the ways to prove who one is ({@link
 * dev.spindle.pb.cred.CredentialChecker}) to what one then gets ({@link
 * dev.spindle.pb.cred.Realm}).
 *
 * <p>Source: Perspective Broker reference, section 12.
 */
@NullMarked
package dev.spindle.pb.cred;

import org.jspecify.annotations.NullMarked;
