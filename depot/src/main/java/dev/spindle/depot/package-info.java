// SPDX-License-Identifier: Apache-2.0
/**
 * Files by content: a store on disk, an FTP server that lends them out one grant at a time, and the
 * FTP client that fetches and delivers them with resume.
 *
 * <p>The way in is {@link dev.spindle.depot.FileDepot} for the controller and {@link
 * dev.spindle.depot.FtpTransfer} for workers and the command line.
 */
@NullMarked
package dev.spindle.depot;

import org.jspecify.annotations.NullMarked;
