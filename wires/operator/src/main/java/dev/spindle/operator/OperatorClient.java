// SPDX-License-Identifier: Apache-2.0
package dev.spindle.operator;

import dev.spindle.farm.FarmException;
import dev.spindle.farm.FileName;
import dev.spindle.farm.Grant;
import dev.spindle.farm.Job;
import dev.spindle.farm.JobId;
import dev.spindle.farm.JobSpec;
import dev.spindle.farm.JobState;
import dev.spindle.farm.LogChunk;
import dev.spindle.farm.Sha256;
import dev.spindle.farm.StoredFile;
import dev.spindle.farm.WorkerName;
import dev.spindle.farm.WorkerStatus;
import dev.spindle.forms.Dict;
import dev.spindle.forms.FarmErrors;
import dev.spindle.forms.FileForm;
import dev.spindle.forms.GrantForm;
import dev.spindle.forms.JobForm;
import dev.spindle.forms.LogForm;
import dev.spindle.forms.SpecForm;
import dev.spindle.forms.StatusForm;
import dev.spindle.pb.Endpoint;
import dev.spindle.pb.PbClient;
import dev.spindle.pb.broker.RemoteException;
import dev.spindle.pb.broker.RemoteReference;
import dev.spindle.pb.cred.Credentials;
import dev.spindle.pb.cred.LoginRefusedException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A program's hold on a controller. Calls block until the answer is there, and fail with {@link
 * FarmException}.
 *
 * <p>Thread: any but the one that {@link #watch} reports on.
 */
public final class OperatorClient implements AutoCloseable {
  /** Longest wait for an answer. */
  private static final Duration CALL_LIMIT = Duration.ofSeconds(60);

  private final PbClient pb;
  private final RemoteReference perspective;

  private OperatorClient(PbClient pb, RemoteReference perspective) {
    this.pb = pb;
    this.perspective = perspective;
  }

  /**
   * Connects and logs in.
   *
   * @throws IOException when the controller cannot be reached, naming where it was looked for
   * @throws FarmException when the login is refused
   */
  public static OperatorClient connect(String host, int port, String secret) throws IOException {
    // Whether a controller is reached from other machines was decided there, with --insecure.
    PbClient pb = PbClient.to(Endpoint.tcp(host, port)).insecureLogins().connect();
    try {
      RemoteReference perspective =
          pb.login(Credentials.password(OperatorRealm.USER, secret), null)
              .orTimeout(CALL_LIMIT.toSeconds(), TimeUnit.SECONDS)
              .join();
      return new OperatorClient(pb, perspective);
    } catch (CompletionException e) {
      pb.close();
      if (e.getCause() instanceof RemoteException remote
          && remote.isA(LoginRefusedException.TYPE)) {
        throw new FarmException(
            FarmException.Code.INVALID,
            "the controller at "
                + host
                + ":"
                + port
                + " refuses the login: is this its own operator.secret file?",
            e);
      }
      throw FarmErrors.fromPb(e);
    }
  }

  public Job submit(JobSpec spec) {
    return ask(JobForm::read, "submit", SpecForm.toDict(spec));
  }

  public Job job(JobId id) {
    return ask(JobForm::read, "job", id.number());
  }

  /**
   * The newest jobs, in a state or in any; fewer than the limit when more would not fit one answer.
   */
  public List<Job> jobs(Optional<JobState> state, Optional<JobId> before, int limit) {
    return ask(
        list(JobForm::read),
        "jobs",
        state.map(JobForm::stateName).orElse(null),
        before.map(JobId::number).orElse(null),
        limit);
  }

  /** The next page of a job's log; empty at its present end. */
  public List<LogChunk> log(JobId id, long after) {
    return ask(list(chunk -> LogForm.read(id, chunk)), "log", id.number(), after);
  }

  public Job cancel(JobId id, String why) {
    return ask(JobForm::read, "cancel", id.number(), why);
  }

  /** The workers, as {@code dev.spindle.forms.WorkerForm} has them. */
  public List<Map<?, ?>> workers() {
    return ask(
        list(
            worker -> {
              if (worker instanceof Map<?, ?> dict) {
                return dict;
              }
              throw new IllegalArgumentException("expected a worker, found " + worker);
            }),
        "workers");
  }

  public WorkerStatus status(WorkerName worker) {
    return ask(StatusForm::read, "status", worker.value());
  }

  /** Lets a worker in; the secret itself stays here. */
  public void addWorker(WorkerName name, String wire, String secretMd5) {
    ask(done -> true, "addWorker", name.value(), wire, secretMd5);
  }

  public Grant upload(FileName name, long size, Sha256 sha256) {
    return ask(grant -> GrantForm.read(name, grant), "upload", name.value(), size, sha256.hex());
  }

  /** The file once it is whole in the depot. */
  public Optional<StoredFile> uploaded(FileName name) {
    return ask(file -> Optional.ofNullable(file).map(FileForm::read), "uploaded", name.value());
  }

  public Grant download(JobId id, FileName output) {
    return ask(grant -> GrantForm.read(output, grant), "download", id.number(), output.value());
  }

  /**
   * Tells of a job's changes from now on, on the connection's thread; must not block there.
   *
   * @param watcher given each change; see {@link JobNews}
   */
  public void watch(JobId id, Consumer<JobNews> watcher) {
    ask(done -> true, "watch", id.number(), new JobWatcher(watcher));
  }

  /** Runs a task once when the connection has ended, with the reason. */
  public void onDisconnect(Consumer<String> task) {
    pb.onDisconnect(gone -> task.accept(String.valueOf(gone.getMessage())));
  }

  private static <T> Function<@Nullable Object, List<T>> list(
      Function<@Nullable Object, T> member) {
    return answer -> Dict.of("answer", Map.of("list", answer)).list("list", member);
  }

  private <T> T ask(Function<@Nullable Object, T> reader, String method, @Nullable Object... args) {
    CompletionStage<T> answer =
        FarmErrors.inward(
            perspective.call(method, args).orTimeout(CALL_LIMIT.toSeconds(), TimeUnit.SECONDS),
            reader);
    try {
      return answer.toCompletableFuture().join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof FarmException farm ? farm : FarmErrors.fromPb(e);
    }
  }

  @Override
  public void close() {
    pb.close();
  }
}
