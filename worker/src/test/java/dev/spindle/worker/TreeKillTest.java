// SPDX-License-Identifier: Apache-2.0
package dev.spindle.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class TreeKillTest {

  private static TreeKill.Members always(Proc... processes) {
    return new TreeKill.Members() {
      @Override
      public List<Proc> look(Consumer<Proc> atOnce) {
        return List.of(processes);
      }

      @Override
      public void glance(IntPredicate known, Consumer<Proc> atOnce) {}
    };
  }

  /** Sends nothing: as if every process were another user's. */
  private static final class Powerless implements Kernel {
    @Override
    public void send(int signal, Collection<Integer> pids) {}

    @Override
    public void sendToGroup(int signal, int group) {}

    @Override
    public boolean adoptOrphans() {
      return false;
    }

    @Override
    public void reap(int pid) {}

    @Override
    public Optional<OutputPipe> pipe() {
      return Optional.empty();
    }
  }

  @Test
  void whoCannotBeKilledIsNamedAfterTheLimit() throws Exception {
    var stuck = new Proc(4242, 1, 4242, 4242, 'D', 1);

    KillOutcome outcome =
        new TreeKill(always(stuck), zombie -> {}, new Powerless())
            .run(Duration.ofMillis(50), TreeKill.CONFIRMING_LOOKS);

    assertThat(outcome.alive()).containsExactly(4242);
  }

  @Test
  void nothingToKillIsFoundAtOnce() throws Exception {
    KillOutcome outcome = new TreeKill(always(), zombie -> {}, new Powerless()).run();

    assertThat(outcome).isEqualTo(KillOutcome.NOTHING);
  }

  @Test
  void killProgramSendsEachSignal() throws Exception {
    var signals = new KillProgram();
    Process process = new ProcessBuilder("setsid", "sleep", "60").start();
    int pid = (int) process.pid();
    await().until(() -> state(pid) == 'S' && group(pid) == pid);

    signals.send(Kernel.STOP, List.of(pid));
    await().until(() -> state(pid) == 'T');
    signals.sendToGroup(Kernel.CONT, pid);
    await().until(() -> state(pid) == 'S');
    signals.send(Kernel.KILL, List.of(pid));

    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(137);
    assertThat(signals.adoptOrphans()).isFalse();
  }

  private static char state(int pid) {
    return process(pid).state();
  }

  private static int group(int pid) {
    return process(pid).group();
  }

  private static Proc process(int pid) {
    return ProcTable.look(p -> p.pid() == pid, p -> {}).get(0);
  }
}
