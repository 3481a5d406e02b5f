// SPDX-License-Identifier: Apache-2.0
/**
 * The farm's {@link dev.spindle.farm.JobStore} in an SQLite database.
 *
 * <p>Two threads, each with a connection of its own: {@code spindle-store-write} puts what waits
 * into one transaction after another, {@code spindle-store-read} answers queries and never waits
 * for the first. {@link dev.spindle.store.SqliteJobStore} is the only way in.
 */
@NullMarked
package dev.spindle.store;

import org.jspecify.annotations.NullMarked;
