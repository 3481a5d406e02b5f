// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Decides what methods that may block run on: virtual threads where the JVM has them. */
final class BlockingThreads {
  private BlockingThreads() {}

  static ExecutorService start(String name) {
    try {
      return (ExecutorService)
          MethodHandles.publicLookup()
              .findStatic(
                  Executors.class,
                  "newVirtualThreadPerTaskExecutor",
                  MethodType.methodType(ExecutorService.class))
              .invoke();
    } catch (Throwable olderJvm) {
      AtomicInteger count = new AtomicInteger();
      return Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, name + "-blocking-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
          });
    }
  }
}
