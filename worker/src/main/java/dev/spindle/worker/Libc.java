// SPDX-License-Identifier: Apache-2.0
package dev.spindle.worker;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@link Kernel} by direct calls of the C library. For Linux: others have no prctl and no pipe2.
 */
final class Libc implements Kernel {
  private static final int PR_SET_CHILD_SUBREAPER = 36;
  private static final int WNOHANG = 1;
  private static final int O_CLOEXEC = 0x80000; // So on every machine that Java has.

  /**
   * Loads the C library.
   *
   * @throws LinkageError where there is no native code for this machine, or it is not Linux
   */
  Libc() {
    // A null name is the process itself, which has the C library loaded.
    Native.register(Libc.class, NativeLibrary.getInstance(null));
  }

  private static native int kill(int pid, int signal);

  private static native int prctl(int option, long arg2, long arg3, long arg4, long arg5);

  private static native int waitpid(int pid, @Nullable Pointer status, int options);

  private static native int pipe2(int[] ends, int flags);

  private static native int close(int descriptor);

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
    return prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) == 0;
  }

  @Override
  public void reap(int pid) {
    if (pid > 1) {
      waitpid(pid, null, WNOHANG);
    }
  }

  @Override
  public Optional<OutputPipe> pipe() throws IOException {
    int[] ends = new int[2];
    if (pipe2(ends, O_CLOEXEC) != 0) {
      throw new IOException(
          "no pipe for a command's output: system error " + Native.getLastError());
    }
    return Optional.of(new OutputPipe(ends[0], ends[1], Libc::close));
  }
}
