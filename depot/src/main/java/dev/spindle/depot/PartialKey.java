// SPDX-License-Identifier: Apache-2.0
package dev.spindle.depot;

import dev.spindle.farm.FileName;
import dev.spindle.farm.GrantHolder;
import dev.spindle.farm.Sha256;

/** Whose unfinished file this is: another holder's is never continued. */
record PartialKey(GrantHolder holder, FileName name, Sha256 sha256) {}
