// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Where files are kept, named by their content, and lent out by grants.
 *
 * <p>Thread: any; no call blocks longer than a look at a directory.
 */
public interface Depot extends AutoCloseable {

  /** Whether this content is here, whole. */
  boolean holds(Sha256 sha256);

  /**
   * Grants one read.
   *
   * @throws FarmException {@link FarmException.Code#MISSING_FILE} when the content is not here
   */
  Grant grantRead(GrantHolder holder, StoredFile file);

  /**
   * Grants one write. When the holder began to send this content before, {@link Grant#offset} tells
   * how much is here; when the depot already has the content, it equals the size.
   *
   * @throws FarmException {@link FarmException.Code#DISK_FULL} when it cannot fit
   */
  Grant grantWrite(GrantHolder holder, FileName name, long size, Sha256 sha256);

  /**
   * Answers with the file once it was written whole under a grant of this holder with the right
   * hash and is durable; empty when it is not (yet).
   */
  CompletionStage<Optional<StoredFile>> delivered(GrantHolder holder, FileName name);

  /** Ends every grant of the holder, closes its transfers, and discards what is unfinished. */
  void revoke(GrantHolder holder);

  @Override
  void close();
}
