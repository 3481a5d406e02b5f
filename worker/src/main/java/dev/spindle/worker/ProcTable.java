// SPDX-License-Identifier: Apache-2.0
package dev.spindle.worker;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The machine's processes at about one moment. Not atomic: a process may be born or die while the
 * table is read, so that whoever must find all of them reads it again.
 */
final class ProcTable {
  private static final File PROC = new File("/proc");
  private static final boolean HAS_CHILDREN =
      new File("/proc/self/task/" + ProcessHandle.current().pid() + "/children").exists();
  private static final boolean HAS_PROC = new File("/proc/self/stat").exists();

  /** More than any file of interest here has; environments may be longer and are read whole. */
  private static final int SMALL_FILE_BYTES = 1024;

  private static final int YOUNGEST = 150;

  private final Map<Integer, List<Proc>> byParent = new LinkedHashMap<>();

  ProcTable(Collection<Proc> processes) {
    for (Proc process : processes) {
      byParent.computeIfAbsent(process.parent(), p -> new ArrayList<>()).add(process);
    }
  }

  /**
   * Finds the processes that {@code top} holds for, and all their descendants, zombies included.
   *
   * @param top whether a process belongs for its own sake
   * @param atOnce is told of a top in the moment in which it is read: what breeds may be gone by
   *     the time the look is complete
   */
  static List<Proc> look(Predicate<Proc> top, Consumer<Proc> atOnce) {
    var tops = new ArrayList<Proc>();
    var processes = new ArrayList<Proc>();
    Consumer<Proc> sort =
        process -> {
          processes.add(process);
          if (top.test(process)) {
            tops.add(process);
            atOnce.accept(process);
          }
        };
    if (HAS_PROC) {
      fromProc(sort);
    } else {
      fromRuntime().forEach(sort);
    }
    return new ProcTable(processes).withDescendants(tops);
  }

  /** Reads the highest numbers first: the youngest, which will be gone the soonest. */
  private static void fromProc(Consumer<Proc> each) {
    String[] names = PROC.list((dir, name) -> isNumber(name));
    int[] pids =
        Stream.of(names == null ? new String[0] : names)
            .mapToInt(Integer::parseInt)
            .sorted()
            .toArray();
    for (int i = pids.length - 1; i >= 0; i--) {
      int pid = pids[i];
      text(pid, "stat").flatMap(stat -> Proc.parse(pid, stat)).ifPresent(each);
    }
  }

  private static boolean isNumber(String name) {
    return name.charAt(0) >= '1' && name.charAt(0) <= '9';
  }

  private static List<Proc> fromRuntime() {
    return ProcessHandle.allProcesses()
        .map(
            h ->
                new Proc(
                    (int) h.pid(),
                    h.parent().map(p -> (int) p.pid()).orElse(0),
                    -1,
                    -1,
                    '?',
                    h.info().startInstant().map(i -> i.toEpochMilli()).orElse(0L)))
        .toList();
  }

  /** The given processes and all that descend from them, each once, parents first. */
  List<Proc> withDescendants(Collection<Proc> roots) {
    var found = new LinkedHashMap<Integer, Proc>();
    var next = new ArrayDeque<>(roots);
    while (!next.isEmpty()) {
      Proc process = next.poll();
      if (found.putIfAbsent(process.pid(), process) == null) {
        next.addAll(byParent.getOrDefault(process.pid(), List.of()));
      }
    }
    return List.copyOf(found.values());
  }

  /** Whether {@link #youngest} tells of any. */
  static boolean knowsChildren() {
    return HAS_CHILDREN;
  }

  /**
   * Tells of this JVM's live children that it adopted last. Of none where the kernel keeps no list
   * of them.
   */
  static void youngest(IntPredicate passOver, Consumer<Proc> each) {
    long own =
        ProcessHandle.current().pid(); // The first thread's number too: adopted ones are its.
    String[] pids =
        text((int) own, "task/" + own + "/children").map(t -> t.split(" ")).orElse(new String[0]);
    for (int i = pids.length - 1; i >= Math.max(0, pids.length - YOUNGEST); i--) {
      int pid = Integer.parseInt(pids[i]);
      if (!passOver.test(pid)) {
        text(pid, "stat")
            .flatMap(stat -> Proc.parse(pid, stat))
            .filter(p -> !p.isZombie())
            .ifPresent(each);
      }
    }
  }

  /** The process group of this JVM, or -1 when unknown: never to be signalled. */
  static int ownGroup() {
    int pid = (int) ProcessHandle.current().pid();
    return text(pid, "stat").flatMap(stat -> Proc.parse(pid, stat)).map(Proc::group).orElse(-1);
  }

  /** A process's environment; empty when it is gone, a zombie, or another user's. */
  static String environment(int pid) {
    return text(pid, "environ").orElse("");
  }

  /** Whether the environment that a process was started with has a variable that begins so. */
  static boolean environmentHas(int pid, String assignment) {
    String environment = environment(pid);
    return environment.startsWith(assignment) || environment.contains("\0" + assignment);
  }

  /** The badness mark of a process, if it can be read. */
  static Optional<Integer> oomScoreAdj(int pid) {
    return text(pid, "oom_score_adj").map(text -> Integer.valueOf(text.trim()));
  }

  private static Optional<String> text(int pid, String file) {
    try (var in = new FileInputStream("/proc/" + pid + "/" + file)) {
      // One read gets all of what the kernel makes up for a small file: half the cost of a loop.
      byte[] bytes = new byte[SMALL_FILE_BYTES];
      int length = Math.max(0, in.read(bytes));
      if (length == SMALL_FILE_BYTES) {
        byte[] rest = in.readAllBytes();
        bytes = Arrays.copyOf(bytes, length + rest.length);
        System.arraycopy(rest, 0, bytes, length, rest.length);
        length = bytes.length;
      }
      return length == 0
          ? Optional.empty()
          : Optional.of(new String(bytes, 0, length, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      return Optional.empty(); // Gone meanwhile, or not ours to read: both mean "not known".
    }
  }
}
