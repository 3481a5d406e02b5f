// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop.farm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.operator.OperatorClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A farm of real processes below one temporary folder: a controller, workers and whatever a user
 * types. In a static field it lives as long as the test class, else as long as one test. When a
 * test fails, what the processes wrote is printed. No process outlives it.
 */
final class Farm
    implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
  private static final Path SOURCES = Path.of("").toAbsolutePath().getParent();
  private static final Path LAUNCHER = SOURCES.resolve("spindle");

  /** One build for all tests, and for the next run if nothing has changed. */
  private static final Path BUILD = Path.of("target/spindle-build").toAbsolutePath();

  private final String mark = "FARM_UNDER_TEST=" + UUID.randomUUID();
  private final List<Program> programs = new CopyOnWriteArrayList<>();
  private final Map<String, Program> workers = new HashMap<>();
  private final String[] controllerOptions;
  private boolean ofClass;
  private @Nullable Path folder;
  private @Nullable Program controller;
  private @Nullable String address;

  private Farm(String... controllerOptions) {
    this.controllerOptions = controllerOptions;
    Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
    Awaitility.setDefaultPollInterval(Duration.ofMillis(20));
  }

  /** A farm in which nothing runs yet, whose controller will have these options. */
  static Farm withController(String... options) {
    return new Farm(options);
  }

  // ---- its life ----

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    ofClass = true;
    open(context);
  }

  @Override
  public void beforeEach(ExtensionContext context) throws IOException {
    if (!ofClass) {
      open(context);
    }
  }

  private void open(ExtensionContext context) throws IOException {
    folder = Files.createTempDirectory("spindle farm").toRealPath();
    Files.createDirectory(path("logs"));
    Files.createDirectory(path("user"));
    ExtensionContext.Store tests = context.getRoot().getStore(ExtensionContext.Namespace.GLOBAL);
    tests.getOrComputeIfAbsent(BUILD, build -> expect(0, beginAlone("--version").end()));
  }

  @Override
  public void afterEach(ExtensionContext context) throws IOException {
    if (context.getExecutionException().isPresent()) {
      System.err.println("What the processes of " + context.getDisplayName() + " wrote:");
      programs.forEach(program -> System.err.println(program.report()));
    }
    if (!ofClass) {
      close();
    }
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    close();
  }

  private void close() throws IOException {
    programs.stream().filter(Program::isAlive).forEach(Program::kill);
    Awaitility.await("every process of the test is dead")
        .until(
            () -> {
              List<Long> left = processes();
              left.forEach(Processes::kill);
              return left.isEmpty();
            });
    try (Stream<Path> files = Files.walk(root())) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** All processes of this farm that run, jobs included. */
  List<Long> processes() {
    return Processes.of(mark, root());
  }

  /** Ends workers and controller as their users do, and has nothing of the farm running then. */
  void endInGoodOrder() {
    List<Program> serving = new ArrayList<>(workers.values());
    serving.add(controller());
    serving.stream().filter(Program::isAlive).forEach(Program::terminate);
    assertThat(processes()).extracting(Processes::commandLine).as("processes left").isEmpty();
  }

  // ---- where things are ----

  private Path root() {
    if (folder == null) {
      throw new IllegalStateException("the farm is not open: register it as an extension");
    }
    return folder;
  }

  /** Something in the farm's folder. */
  Path path(String name) {
    return root().resolve(name);
  }

  /** Something in the folder in which the user's commands run. */
  Path user(String name) {
    return path("user").resolve(name);
  }

  Path data() {
    return path("data");
  }

  /** The controller's address, from its data directory. */
  String address() {
    if (address == null) {
      throw new IllegalStateException("no controller was started");
    }
    return address;
  }

  Program controller() {
    if (controller == null) {
      throw new IllegalStateException("no controller was started");
    }
    return controller;
  }

  Program worker(String name) {
    return workers.get(name);
  }

  // ---- starting things ----

  /** Starts the controller and waits until it is ready; a later one has its first one's port. */
  void startController() {
    startController(List.of());
  }

  /** As {@link #startController()}, through another program that becomes it. */
  void startController(List<String> through) {
    List<String> command = new ArrayList<>(through);
    command.addAll(List.of(LAUNCHER.toString(), "controller", "--data", data().toString()));
    command.addAll(List.of("--pb", address == null ? "127.0.0.1:0" : address));
    command.addAll(List.of(controllerOptions));
    Program started = start("controller", command);
    controller = started;
    started.awaitErr("controller is ready");
    try {
      address = Files.readString(data().resolve("controller.address")).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Registers a worker, starts it, and waits until it is connected. */
  Program startWorker(String name, String... options) {
    return startWorker(List.of(), name, options);
  }

  /** As {@link #startWorker(String, String...)}, through another program that becomes it. */
  Program startWorker(List<String> through, String name, String... options) {
    if (!Files.exists(secret(name))) {
      register(name);
    }
    Program worker = launchWorker(through, name, path("worker-" + name), options);
    worker.awaitErr("registered as '" + name + "'");
    return worker;
  }

  void register(String name) {
    expect(0, spindle("worker-add", name, "--secret-file", secret(name).toString()));
  }

  Path secret(String name) {
    return path(name + ".secret");
  }

  /** Starts a worker in a directory of its own, registered or not, and does not wait. */
  Program launchWorker(List<String> through, String name, Path dir, String... options) {
    List<String> command = new ArrayList<>(through);
    command.addAll(List.of(LAUNCHER.toString(), "worker", "--controller", address()));
    command.addAll(List.of("--name", name, "--secret-file", secret(name).toString()));
    command.addAll(List.of("--dir", dir.toString()));
    command.addAll(List.of(options));
    Program worker = start("worker-" + name, command);
    workers.put(name, worker);
    return worker;
  }

  /** Starts a command that talks to this farm's controller. */
  Program begin(String command, String... arguments) {
    List<String> line = new ArrayList<>(List.of(LAUNCHER.toString(), command));
    line.addAll(List.of("--data", data().toString()));
    line.addAll(List.of(arguments));
    return start(command, line);
  }

  /** Runs a command that talks to this farm's controller, to its end. */
  Ended spindle(String command, String... arguments) {
    return begin(command, arguments).end();
  }

  /** Starts the launcher with nothing added. */
  Program beginAlone(String... arguments) {
    List<String> line = new ArrayList<>(List.of(LAUNCHER.toString()));
    line.addAll(List.of(arguments));
    return start(arguments[0], line);
  }

  /** Starts any program in the user's folder; it is this farm's to end. */
  Program start(String name, List<String> command) {
    String[] marked = mark.split("=", 2);
    Map<String, String> environment =
        Map.of(
            marked[0],
            marked[1],
            "JAVA_HOME",
            System.getProperty("java.home"),
            "SPINDLE_BUILD_DIR",
            BUILD.toString(),
            "XDG_CACHE_HOME",
            path("cache").toString(),
            "XDG_DATA_HOME",
            path("share").toString());
    try {
      Program program = Program.start(name, path("user"), environment, path("logs"), command);
      programs.add(program);
      return program;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Logs in as the operator, for what takes too many questions for a command each. */
  OperatorClient operator() throws IOException {
    String[] parts = address().split(":");
    String secret = Files.readString(data().resolve("operator.secret")).strip();
    return OperatorClient.connect(parts[0], Integer.parseInt(parts[1]), secret);
  }

  // ---- what tests say often ----

  /** Submits a job and answers with its id. */
  long submit(String... arguments) {
    return Long.parseLong(expect(0, spindle("submit", arguments)).out().strip());
  }

  /** A job as {@code job --json} shows it. */
  JobView job(long id) {
    return JobView.parse(expect(0, spindle("job", Long.toString(id), "--json")).out());
  }

  /** Waits for a job's end, and shows it then. */
  JobView awaitEnd(long id) {
    expect(0, spindle("logs", Long.toString(id), "-f"));
    return job(id);
  }

  static Ended expect(int code, Ended ended) {
    assertThat(ended.code()).as("exit status of:\n%s%s", ended.out(), ended.err()).isEqualTo(code);
    return ended;
  }

  /** Waits until a job has made a file that is not empty, and reads it. */
  static String awaitFile(Path file) {
    Awaitility.await(file + " has content").until(() -> Files.exists(file) && Files.size(file) > 0);
    return read(file);
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
