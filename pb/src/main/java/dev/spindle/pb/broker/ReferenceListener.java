// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

/**
 * An object that is also told what becomes of its reference. For objects that wait for calls nobody
 * may ever make.
 *
 * <p>Thread: the connection's. Neither method may block.
 */
public interface ReferenceListener extends Referenceable {

  /**
   * The other side of a connection holds the object no longer: it let go of every reference, or the
   * connection ended. Told once for each time that it began to hold it.
   */
  void unreferenced();

  /**
   * A call of this object was not carried out, since its arguments could not be read or do not fit.
   * If its caller wants no answer, nobody else hears of it.
   */
  void refused(Throwable why);
}
