// SPDX-License-Identifier: Apache-2.0
package dev.spindle.worker;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** {@link Signals} by direct calls of the C library. */
final class Libc implements Signals {
  private static final int PR_SET_CHILD_SUBREAPER = 36;
  private static final int WNOHANG = 1;

  /**
   * Loads the C library.
   *
   * @throws LinkageError where there is no native code for this machine
   */
  Libc() {
    // A null name is the process itself, which has the C library loaded.
    Native.register(Libc.class, NativeLibrary.getInstance(null));
  }

  private static native int kill(int pid, int signal);

  private static native int prctl(int option, long arg2, long arg3, long arg4, long arg5);

  private static native int waitpid(int pid, @Nullable Pointer status, int options);

  @Override
  public void send(int signal, Collection<Integer> pids) {
    pids.stream().filter(pid -> pid > 1).forEach(pid -> kill(pid, signal));
  }

  @Override
  public void sendToGroup(int signal, int group) {
    if (group > 1) {
      kill(-group, signal);
    }
  }

  @Override
  public boolean adoptOrphans() {
    return System.getProperty("os.name").equals("Linux")
        && prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) == 0;
  }

  @Override
  public void reap(int pid) {
    if (pid > 1) {
      waitpid(pid, null, WNOHANG);
    }
  }
}
