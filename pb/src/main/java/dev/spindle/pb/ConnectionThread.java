// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.concurrent.ThreadFactory;

/**
 * A thread that owns connections. It reads the answers of all of them, so that none of these
 * threads may wait for an answer: two that waited for each other's would never end.
 */
final class ConnectionThread extends FastThreadLocalThread {
  private ConnectionThread(Runnable task, String name) {
    super(task, name);
  }

  static ThreadFactory named(String name) {
    return new DefaultThreadFactory(name, true) {
      @Override
      protected Thread newThread(Runnable task, String fullName) {
        return new ConnectionThread(task, fullName);
      }
    };
  }

  /** Whether the caller is on such a thread, of whichever endpoint. */
  static boolean isCurrent() {
    return Thread.currentThread() instanceof ConnectionThread;
  }
}
