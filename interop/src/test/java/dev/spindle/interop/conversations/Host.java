// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop.conversations;

/**
 * The server of one conversation.
 *
 * @param speaker what it says
 * @param restart ends all connections and listens again at the same place; returns at once
 */
record Host(Speaker speaker, Runnable restart) {}
