// SPDX-License-Identifier: Apache-2.0
package dev.spindle.app;

import dev.spindle.depot.DepotAddress;
import java.time.Duration;

/**
 * How a controller is set up.
 *
 * @param data where it keeps everything
 * @param pb where workers and operators connect
 * @param ftp where files are fetched and delivered
 * @param lease how long a worker may be silent before its jobs are given to others
 */
record ControllerSetup(DataDirectory data, HostPort pb, DepotAddress ftp, Duration lease) {}
