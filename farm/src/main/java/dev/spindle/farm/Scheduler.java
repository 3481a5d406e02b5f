// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Decides which waiting job goes to which worker: a pure function of the workers and the backlog.
 *
 * <p>Jobs are served by priority, then by id, each at the best place that is left. Best is, in this
 * order: where it starts now; where fewest attempts failed of late; where it waits already; where
 * most bytes of its inputs are; where the load is least. So a waiting job changes its queue only to
 * start sooner, to get away from trouble, or to make room for a more urgent one.
 *
 * <p>A plan is stable: made again after it was carried out it is empty. For each job in turn the
 * place chosen before has become "where it waits already" and only gains by it, every other place
 * only loses, and the jobs served earlier stay.
 */
final class Scheduler {
  private final Seat[] seats;
  private final Backlog backlog;
  private final int[] taken;
  private final BitSet open = new BitSet();
  private final Map<String, BitSet> withTag = new HashMap<>();
  private final Map<String, BitSet> withKind = new HashMap<>();
  private final Map<WorkerName, Integer> numbers = new HashMap<>();

  private Scheduler(Collection<Seat> workers, Backlog backlog) {
    this.seats = workers.stream().sorted(Comparator.comparing(Seat::name)).toArray(Seat[]::new);
    this.backlog = backlog;
    this.taken = new int[seats.length];
    for (int i = 0; i < seats.length; i++) {
      int number = i;
      seats[i].tags().forEach(tag -> mark(withTag, tag, number));
      seats[i].kinds().forEach(kind -> mark(withKind, kind, number));
      numbers.put(seats[i].name(), i);
      open.set(i, seats[i].capacity() > 0);
    }
  }

  private static void mark(Map<String, BitSet> index, String key, int number) {
    index.computeIfAbsent(key, k -> new BitSet()).set(number);
  }

  /**
   * Plans.
   *
   * @param workers those that take jobs; a job that waits at any other is taken from it
   * @return what to do, withdrawals without a new place first, then in the order of service
   */
  static List<Placement> plan(Collection<Seat> workers, Backlog backlog) {
    var planning = new Scheduler(workers, backlog);
    return planning.steps(planning.choose());
  }

  /** Chooses a worker's number for every job that finds a place, in the order of service. */
  private Map<WaitingJob, Integer> choose() {
    var chosen = new LinkedHashMap<WaitingJob, Integer>();
    var lines = new PriorityQueue<Line>(Comparator.comparing(line -> line.head));
    backlog.lines().forEach(line -> lines.add(new Line(line)));
    while (!open.isEmpty() && !lines.isEmpty()) {
      Line line = lines.remove();
      BitSet fitting = line.fitting();
      fitting.and(open);
      if (fitting.isEmpty()) {
        continue; // nobody is left for this need: the whole line waits
      }
      int best = best(line.head, fitting);
      chosen.put(line.head, best);
      if (++taken[best] == seats[best].capacity()) {
        open.clear(best);
      }
      if (line.advance()) {
        lines.add(line);
      }
    }
    return chosen;
  }

  private int best(WaitingJob job, BitSet candidates) {
    int best = candidates.nextSetBit(0);
    for (int i = candidates.nextSetBit(best + 1); i >= 0; i = candidates.nextSetBit(i + 1)) {
      if (compare(job, i, best) < 0) {
        best = i;
      }
    }
    return best;
  }

  /** Negative when place {@code a} is better; equal places go by the workers' names. */
  private int compare(WaitingJob job, int a, int b) {
    int order = Boolean.compare(startsNow(b), startsNow(a));
    if (order == 0) {
      order = Integer.compare(seats[a].strikes(), seats[b].strikes());
    }
    if (order == 0) {
      order = Boolean.compare(waitsAt(job, b), waitsAt(job, a));
    }
    if (order == 0) {
      order = Long.compare(heldBytes(job, b), heldBytes(job, a));
    }
    return order != 0 ? order : compareLoad(a, b);
  }

  private boolean startsNow(int i) {
    return taken[i] < seats[i].free();
  }

  private boolean waitsAt(WaitingJob job, int i) {
    return job.at().isPresent() && job.at().get().equals(seats[i].name());
  }

  private long heldBytes(WaitingJob job, int i) {
    long bytes = 0;
    for (StoredFile input : job.inputs()) {
      if (seats[i].holds().contains(input.sha256())) {
        bytes += input.size();
      }
    }
    return bytes;
  }

  /** Jobs for each slot, compared as fractions. */
  private int compareLoad(int a, int b) {
    long left = (long) (seats[a].busy() + taken[a]) * seats[b].slots();
    long right = (long) (seats[b].busy() + taken[b]) * seats[a].slots();
    return Long.compare(left, right);
  }

  private List<Placement> steps(Map<WaitingJob, Integer> chosen) {
    var steps = new ArrayList<Placement>();
    for (WaitingJob job : backlog.placed()) {
      if (!chosen.containsKey(job)) {
        steps.add(new Placement(job.id(), job.at(), Optional.empty()));
      }
    }
    int[] urgency = mostUrgentNewcomer(chosen);
    chosen.forEach(
        (job, number) -> {
          // A worker starts its queue in the order in which it got it.
          if (!waitsAt(job, number) || job.priority() < urgency[number]) {
            Optional<WorkerName> to = Optional.of(seats[number].name());
            steps.add(new Placement(job.id(), job.at(), to));
          }
        });
    return steps;
  }

  private int[] mostUrgentNewcomer(Map<WaitingJob, Integer> chosen) {
    int[] urgency = new int[seats.length];
    Arrays.fill(urgency, Integer.MIN_VALUE);
    chosen.forEach(
        (job, number) -> {
          if (!waitsAt(job, number)) {
            urgency[number] = Math.max(urgency[number], job.priority());
          }
        });
    return urgency;
  }

  /** Jobs with one need, from the first that is not served yet. */
  private final class Line {
    private final Iterator<WaitingJob> rest;
    private final BitSet able;
    private WaitingJob head;

    Line(NavigableSet<WaitingJob> jobs) {
      rest = jobs.iterator();
      head = rest.next();
      able = able(head.need());
    }

    private BitSet able(Need need) {
      var result = copy(withKind.get(need.kind()));
      need.tags().forEach(tag -> result.and(withTag.getOrDefault(tag, new BitSet())));
      need.avoid().stream().map(numbers::get).filter(n -> n != null).forEach(result::clear);
      return result;
    }

    private static BitSet copy(@Nullable BitSet set) {
      return set == null ? new BitSet() : (BitSet) set.clone();
    }

    BitSet fitting() {
      return copy(able);
    }

    boolean advance() {
      if (!rest.hasNext()) {
        return false;
      }
      head = rest.next();
      return true;
    }
  }
}
