// SPDX-License-Identifier: Apache-2.0
package dev.spindle.farm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The farm itself: takes jobs from users, hands them to workers, and answers for both.
 *
 * <p>One thread, the {@link FarmLoop}'s, owns all state. Calls from other threads become tasks of
 * that loop; nothing locks, and nothing on the loop waits. Stages complete on the loop as well, so
 * what a caller chains to them must not block. Nothing is acknowledged before the store has it.
 */
public final class Controller implements Farm, Listener.Acceptor, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Controller.class);

  private final FarmLoop loop;
  private final JobStore store;
  private final Depot depot;
  private final ControllerSettings settings;
  private final Desk desk;
  private final Commits commits;
  private final Events events = new Events();
  private final JobTable jobs;
  private final Workers workers;
  private final Assignments assignments;
  private final Endings endings;
  private final Reception reception;
  private final AttemptReport.Office office;
  private final List<Listener> listeners = new ArrayList<>();
  private long lastId;
  private int submitting;
  private int registering;

  private Controller(FarmLoop loop, JobStore store, Depot depot, ControllerSettings settings) {
    this.loop = loop;
    this.store = store;
    this.depot = depot;
    this.settings = settings;
    desk = new Desk(loop);
    commits = new Commits(store, desk);
    var dispatching = new Signal(desk, this::dispatch);
    jobs = new JobTable(events, dispatching::raise);
    workers = new Workers(desk, events, this::newWorker, dispatching::raise);
    assignments =
        new Assignments(loop, desk, depot, settings, jobs, this::report, dispatching::raise);
    var records = new Records(loop, commits, jobs, settings);
    endings = new Endings(loop, desk, store, jobs, records, settings);
    reception =
        new Reception(desk, workers, assignments, endings, settings.lease(), dispatching::raise);
    office =
        new AttemptReport.Office(
            loop, desk, settings, jobs, commits, events, assignments, records, endings);
  }

  private FarmWorker newWorker(WorkerName name) {
    return new FarmWorker(name, loop, desk, settings.lease(), reception::silent, workers::changed);
  }

  private JobReport report(AttemptId id, FarmWorker worker) {
    return new AttemptReport(id, worker, office);
  }

  private void dispatch() {
    new Dispatcher(jobs, workers, assignments).dispatch();
  }

  /**
   * Opens the store and goes on where the farm ended: waiting jobs wait again, and a job that ran
   * is expected back with its worker for one lease. Blocks while the store opens. Store, depot and
   * loop stay the caller's, who closes them after the controller.
   */
  public static Controller start(
      FarmLoop loop, JobStore store, Depot depot, ControllerSettings settings) {
    var controller = new Controller(loop, store, depot, settings);
    JobStore.Snapshot snapshot = store.open();
    snapshot.unfinished().forEach(Controller::refuseInconsistent);
    controller.desk.post(() -> controller.adopt(snapshot));
    return controller;
  }

  private static void refuseInconsistent(Job job) {
    if (job.state() == JobState.RUNNING && job.worker().isEmpty()) {
      throw new IllegalStateException(
          "the store has job " + job.id() + " as RUNNING without a worker: expected one");
    }
  }

  private void adopt(JobStore.Snapshot snapshot) {
    lastId = snapshot.lastId();
    snapshot.workers().forEach(worker -> workers.named(worker.name()).register(worker));
    for (Job job : snapshot.unfinished()) {
      Job known = job.state() == JobState.ASSIGNED ? JobSteps.withdrawn(job) : job;
      LiveJob live = jobs.add(known, snapshot.logEnds().getOrDefault(job.id(), 0L));
      if (job.state() == JobState.RUNNING) {
        assignments.adopt(live, workers.named(job.worker().orElseThrow()));
      }
    }
    log.info(
        "{} jobs wait and {} are expected back with their workers",
        jobs.count(JobState.QUEUED),
        jobs.count(JobState.RUNNING));
  }

  /** Tells a listener of every worker that may join, now and from now on. */
  public void attach(Listener listener) {
    desk.post(
        () -> {
          listeners.add(listener);
          workers.registrations().forEach(listener::updateRegistration);
        });
  }

  @Override
  public CompletionStage<Void> offer(Connection connection) {
    return desk.ask(() -> reception.accept(connection));
  }

  @Override
  public CompletionStage<Job> submit(JobSpec spec) {
    for (StoredFile input : spec.inputs()) { // on the caller's thread: each is a look at a disk
      if (!depot.holds(input.sha256())) {
        return CompletableFuture.failedStage(
            new FarmException(
                FarmException.Code.MISSING_FILE,
                "the depot does not have input '" + input.name() + "': upload it first"));
      }
    }
    return desk.ask(() -> take(spec));
  }

  private CompletionStage<Job> take(JobSpec spec) {
    if (jobs.size() + submitting >= settings.maxUnfinishedJobs()) {
      throw new FarmException(
          FarmException.Code.BUSY,
          "the farm has " + settings.maxUnfinishedJobs() + " unfinished jobs, the most it takes");
    }
    Job job = Job.submitted(new JobId(++lastId), spec, loop.now());
    submitting++;
    return commits
        .commit(new StoreChange.PutJob(job))
        .whenComplete((done, error) -> submitting--)
        .thenApply(
            done -> {
              jobs.tell(jobs.add(job, 0).record());
              return job;
            });
  }

  @Override
  public CompletionStage<Job> cancel(JobId id, String why) {
    return desk.ask(() -> endings.cancel(id, why));
  }

  @Override
  public CompletionStage<Job> job(JobId id) {
    return desk.ask(() -> find(id));
  }

  private CompletionStage<Job> find(JobId id) {
    return jobs.find(id)
        .<CompletionStage<Job>>map(job -> CompletableFuture.completedStage(job.record()))
        .orElseGet(
            () ->
                desk.onLoop(store.job(id))
                    .thenApply(job -> job.orElseThrow(() -> noSuchJob(id)))
                    .thenApply(jobs::current));
  }

  private static FarmException noSuchJob(JobId id) {
    return new FarmException(FarmException.Code.NO_SUCH_JOB, "there is no job " + id);
  }

  @Override
  public CompletionStage<List<Job>> jobs(JobQuery query) {
    return desk.ask(
        () -> {
          Optional<JobState> state = query.state();
          if (state.isPresent() && !state.get().isFinal()) {
            return CompletableFuture.completedStage(
                jobs.newest(state.get(), query.before(), query.limit()));
          }
          CompletionStage<List<Job>> stored = desk.onLoop(store.jobs(query));
          return state.isPresent()
              ? stored
              : stored.thenApply(list -> list.stream().map(jobs::current).toList());
        });
  }

  @Override
  public CompletionStage<List<LogChunk>> log(JobId id, long afterSequence, int limit) {
    return desk.ask(
        () -> {
          if (limit < 1 || limit > JobQuery.MAX_LIMIT) {
            throw new FarmException(
                FarmException.Code.INVALID,
                "limit " + limit + ": expected 1 to " + JobQuery.MAX_LIMIT);
          }
          return find(id).thenCompose(job -> desk.onLoop(store.log(id, afterSequence, limit)));
        });
  }

  @Override
  public CompletionStage<List<WorkerView>> workers() {
    return desk.ask(() -> CompletableFuture.completedStage(workers.views()));
  }

  @Override
  public CompletionStage<WorkerStatus> status(WorkerName name) {
    return desk.ask(() -> reception.status(name, settings.answerLimit()));
  }

  @Override
  public CompletionStage<Void> register(RegisteredWorker worker) {
    return desk.ask(
        () -> workers.registered(worker.name()).isPresent() ? write(worker) : add(worker));
  }

  private CompletionStage<Void> add(RegisteredWorker worker) {
    if (workers.registrations().size() + registering >= settings.maxWorkers()) {
      throw new FarmException(
          FarmException.Code.BUSY,
          "the farm has " + settings.maxWorkers() + " workers, the most it takes");
    }
    registering++;
    return write(worker).whenComplete((done, error) -> registering--);
  }

  private CompletionStage<Void> write(RegisteredWorker worker) {
    return commits.commit(new StoreChange.PutWorker(worker)).thenAccept(done -> letIn(worker));
  }

  private void letIn(RegisteredWorker worker) {
    workers.named(worker.name()).register(worker);
    listeners.forEach(listener -> listener.updateRegistration(worker));
    log.info("worker {} may join over {}", worker.name(), worker.wire());
  }

  @Override
  public CompletionStage<Grant> upload(GrantHolder user, FileName name, long size, Sha256 sha256) {
    return desk.ask(
        () -> CompletableFuture.completedStage(depot.grantWrite(user, name, size, sha256)));
  }

  @Override
  public CompletionStage<Optional<StoredFile>> uploaded(GrantHolder user, FileName name) {
    return desk.ask(() -> desk.onLoop(depot.delivered(user, name)));
  }

  @Override
  public CompletionStage<Grant> download(GrantHolder user, JobId id, FileName output) {
    return desk.ask(() -> find(id).thenApply(job -> depot.grantRead(user, output(job, output))));
  }

  private static StoredFile output(Job job, FileName name) {
    JobEnd end =
        job.end().orElseThrow(() -> missing("job " + job.id() + " is " + job.state() + " still"));
    return end.outputs().stream()
        .filter(file -> file.name().equals(name))
        .findFirst()
        .orElseThrow(() -> missing("job " + job.id() + " left no output '" + name + "'"));
  }

  private static FarmException missing(String what) {
    return new FarmException(FarmException.Code.MISSING_FILE, what);
  }

  @Override
  public void release(GrantHolder user) {
    desk.post(() -> depot.revoke(user));
  }

  @Override
  public AutoCloseable watch(Consumer<FarmEvent> watcher) {
    Events.Watching watching = Events.watching(watcher);
    desk.post(() -> events.begin(watching));
    return watching;
  }

  /**
   * Closes the workers' connections and fails what is still asked of the farm; jobs that run go on
   * at their workers. Does not wait: close the loop next, which runs what was asked before, and
   * then the store. Safe to call twice.
   */
  @Override
  public void close() {
    desk.post(
        () -> {
          log.info("the controller is ending");
          desk.close();
          workers.all().forEach(FarmWorker::dismiss);
        });
  }
}
