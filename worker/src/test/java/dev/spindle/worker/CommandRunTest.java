// SPDX-License-Identifier: Apache-2.0
package dev.spindle.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.spindle.farm.LogStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CommandRunTest {
  private static final Duration GRACE = Duration.ofSeconds(5);

  @TempDir Path dir;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<LogStream, StringBuffer> output = new ConcurrentHashMap<>();

  @AfterEach
  void endWhatAFailedTestLeft() throws Exception {
    for (CommandRun run : started) {
      if (ProcessHandle.of(run.pid()).isPresent()) {
        run.stop(Duration.ZERO);
        run.await();
      }
    }
    threads.shutdownNow();
  }

  private CommandRun start(String... argv) throws IOException {
    return start(Map.of(), (stream, text) -> written(stream).append(text), argv);
  }

  private final List<CommandRun> started = new CopyOnWriteArrayList<>();

  private CommandRun start(Map<String, String> environment, CommandOutput taker, String... argv)
      throws IOException {
    var all = new HashMap<>(environment);
    all.put("PATH", System.getenv("PATH"));
    var command = new Command(List.of(argv), dir, all, UUID.randomUUID().toString());
    CommandRun run = CommandRun.start(command, taker, threads);
    started.add(run);
    return run;
  }

  private StringBuffer written(LogStream stream) {
    return output.computeIfAbsent(stream, s -> new StringBuffer());
  }

  /** Waits until a process wrote its number into a file of the working directory. */
  private ProcessHandle processIn(String file) {
    Path path = dir.resolve(file);
    await().until(() -> Files.exists(path) && Files.readString(path).endsWith("\n"));
    try {
      return ProcessHandle.of(Long.parseLong(Files.readString(path).trim())).orElseThrow();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean isGone(ProcessHandle process) {
    return !Files.exists(Path.of("/proc/" + process.pid()));
  }

  @Test
  void outputAndStatusArrive() throws Exception {
    CommandExit exit = start("sh", "-c", "echo out; echo err >&2; exit 3").await();

    assertThat(exit.status()).isEqualTo(3);
    assertThat(exit.leftovers()).isZero();
    assertThat(written(LogStream.STDOUT)).hasToString("out\n");
    assertThat(written(LogStream.STDERR)).hasToString("err\n");
  }

  @Test
  void runsInItsDirectoryWithItsEnvironmentAndNothingElse() throws Exception {
    start(Map.of("GREETING", "hi", "with.dot", "kept"), this::append, "env").await();
    start("pwd").await();

    assertThat(written(LogStream.STDOUT).toString().lines())
        .contains(dir.toRealPath().toString(), "GREETING=hi", "with.dot=kept")
        .noneMatch(line -> line.startsWith("HOME="));
  }

  private void append(LogStream stream, String text) {
    written(stream).append(text);
  }

  @Test
  void standardInputIsAtItsEnd() throws Exception {
    assertThat(start("cat").await().status()).isZero();
  }

  @Test
  void leadsItsOwnSessionAndGroup() throws Exception {
    CommandRun run = start("sh", "-c", "cut -d' ' -f1,5,6 /proc/self/stat");
    run.await();

    String[] ids = written(LogStream.STDOUT).toString().trim().split(" ");
    assertThat(ids[1]).isEqualTo(ids[2]).isEqualTo(Integer.toString(run.pid()));
  }

  @Test
  void deathBySignalIs128AndItsNumber() throws Exception {
    assertThat(start("sh", "-c", "kill -9 $$").await().status()).isEqualTo(137);
  }

  @Test
  void unknownProgramIs127WithALine() throws Exception {
    assertThat(start("no-such-program").await().status()).isEqualTo(CommandExit.NOT_FOUND);
    assertThat(written(LogStream.STDERR)).hasToString("no-such-program: no such program\n");
  }

  @Test
  void fileThatIsNoProgramIs126WithALine() throws Exception {
    Files.writeString(dir.resolve("plain.txt"), "text");

    assertThat(start("./plain.txt").await().status()).isEqualTo(CommandExit.NOT_EXECUTABLE);
    assertThat(written(LogStream.STDERR)).hasToString("./plain.txt: not an executable file\n");
  }

  @Test
  void stoppingAsksFirst() throws Exception {
    CommandRun run = start("sh", "-c", "trap 'echo bye; exit 5' TERM; echo up; sleep 60 & wait");
    await().until(() -> written(LogStream.STDOUT).toString().equals("up\n"));

    run.stop(GRACE);

    assertThat(run.await().status()).isEqualTo(5);
    assertThat(written(LogStream.STDOUT)).hasToString("up\nbye\n");
  }

  @Test
  void whoIgnoresTheAskingIsKilledAfterTheGrace() throws Exception {
    CommandRun run = start("sh", "-c", "trap '' TERM; echo $$ >pid; sleep 60; sleep 60");
    ProcessHandle process = processIn("pid");

    run.stop(Duration.ofMillis(100));

    assertThat(run.await().status()).isEqualTo(137);
    assertThat(isGone(process)).isTrue();
  }

  @Test
  void backgroundProcessesDieWithTheCommandAndDoNotHoldItsOutputOpen() throws Exception {
    CommandExit exit = start("sh", "-c", "sleep 60 & echo $! >pid").await();

    assertThat(exit.status()).isZero();
    assertThat(exit.leftovers()).isEqualTo(1);
    assertThat(exit.remarks()).containsExactly("killed 1 processes that the command left behind");
    assertThat(isGonePid(Files.readString(dir.resolve("pid")).trim())).isTrue();
  }

  @Test
  void lastStageOfAPipelineMayFinish() throws Exception {
    CommandExit exit =
        start("sh", "-c", "(sleep 0.02; echo late; sleep 0.02; echo later) & exit 0").await();

    assertThat(exit.leftovers()).isZero();
    assertThat(written(LogStream.STDOUT)).hasToString("late\nlater\n");
  }

  @Test
  void doubleForkedChildInASessionOfItsOwnDies() throws Exception {
    assertEscapeFails("(setsid sh -c 'echo $$ >pid; exec sleep 60' &)");
  }

  @Test
  void doubleForkedChildWithAClearedEnvironmentDies() throws Exception {
    assertEscapeFails(
        "(env -i PATH=\"$PATH\" setsid sh -c 'echo $$ >pid; exec sleep 60' >/dev/null 2>&1 &)");
  }

  @Test
  void childrenOfAnOrphanWithAClearedEnvironmentDie() throws Exception {
    assertEscapeFails(
        "(env -i PATH=\"$PATH\" setsid sh -c 'sleep 60 & echo $! >pid; wait' >/dev/null 2>&1 &)");
  }

  private void assertEscapeFails(String escape) throws Exception {
    CommandRun stopped = start("sh", "-c", escape + "; sleep 60");
    ProcessHandle escaped = processIn("pid");
    stopped.stop(GRACE);
    stopped.await();
    assertThat(isGone(escaped)).as("after a stop").isTrue();

    Files.delete(dir.resolve("pid"));
    CommandRun ended = start("sh", "-c", escape + "; while [ ! -s pid ]; do sleep 0.01; done");
    escaped = processIn("pid");
    assertThat(ended.await().leftovers()).isPositive();
    assertThat(isGone(escaped)).as("after the command's own end").isTrue();
  }

  @Test
  void anotherRunsOrphansAreLeftAlone() throws Exception {
    CommandRun other =
        start(
            "sh",
            "-c",
            "(env -i PATH=\"$PATH\" setsid sh -c 'echo $$ >pid; exec sleep 60' &); sleep 60");
    ProcessHandle orphan = processIn("pid");

    start("true").await();
    assertThat(orphan.isAlive()).isTrue();

    other.stop(GRACE);
    other.await();
    assertThat(isGone(orphan)).isTrue();
  }

  @Test
  void forkStormLoses() throws Exception {
    // Forty lines of succession: each process starts its successor and is gone.
    Files.writeString(
        dir.resolve("storm"),
        """
        echo . >>born
        env -i PATH="$PATH" setsid sh storm >/dev/null 2>&1 &
        """);
    CommandRun run =
        start("sh", "-c", "i=0; while [ $i -lt 40 ]; do sh storm & i=$((i+1)); done; sleep 60");
    await().until(() -> Files.exists(dir.resolve("born")) && Files.size(dir.resolve("born")) > 400);

    run.stop(Duration.ZERO);
    run.await();

    long born = Files.size(dir.resolve("born"));
    await().during(Duration.ofMillis(200)).until(() -> Files.size(dir.resolve("born")) == born);
    assertThat(descendants()).allMatch(Proc::isZombie);
    await().untilAsserted(() -> assertThat(descendants()).as("not reaped").isEmpty());
  }

  /** Zombies too, which are dead and wait to be reaped. */
  private static List<Proc> descendants() {
    long own = ProcessHandle.current().pid();
    return ProcTable.look(process -> process.parent() == own, process -> {});
  }

  @Test
  void deadOrphansAreReapedWhileTheCommandRuns() throws Exception {
    CommandRun run = start("sh", "-c", "(sh -c 'echo $$ >pid' &); sleep 60");
    await().until(() -> Files.exists(dir.resolve("pid")));

    await().until(() -> isGonePid(Files.readString(dir.resolve("pid")).trim()));

    run.stop(GRACE);
    run.await();
  }

  private static boolean isGonePid(String pid) {
    return !pid.isEmpty() && !Files.exists(Path.of("/proc/" + pid));
  }

  @Test
  void processesThatOthersInThisJvmStartKeepTheirStatus() throws Exception {
    CommandRun run = start("sleep", "60");
    for (int i = 0; i < 20; i++) {
      assertThat(new ProcessBuilder("sh", "-c", "exit 9").start().waitFor()).isEqualTo(9);
    }
    run.stop(GRACE);
    run.await();
  }

  @Test
  void outputThatCannotBeKeptEndsTheCommand() throws Exception {
    CommandOutput full =
        (stream, text) -> {
          throw new IOException("no room for '" + text.trim() + "'");
        };
    CommandRun run = start(Map.of(), full, "sh", "-c", "echo word; sleep 60");

    assertThatThrownBy(run::await).isInstanceOf(IOException.class).hasMessage("no room for 'word'");
    assertThat(ProcessHandle.of(run.pid())).isEmpty();
  }

  @Test
  void interruptedWaiterLeavesNothingAlive() throws Exception {
    CommandRun run = start("sh", "-c", "echo $$ >pid; exec sleep 60");
    ProcessHandle process = processIn("pid");
    var waiter =
        new Thread(() -> assertThatThrownBy(run::await).isInstanceOf(InterruptedException.class));
    waiter.start();

    waiter.interrupt();
    waiter.join();

    assertThat(isGone(process)).isTrue();
  }

  @Test
  void largeOutputOfAShortCommandIsWhole() throws Exception {
    for (int i = 0; i < 10; i++) {
      output.clear();
      start("sh", "-c", "head -c 300000 /dev/zero | tr '\\0' x").await();
      assertThat(written(LogStream.STDOUT).length()).isEqualTo(300_000);
    }
  }
}
