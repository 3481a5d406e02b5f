// SPDX-License-Identifier: Apache-2.0
package dev.spindle.app;

import dev.spindle.depot.DepotAddress;
import dev.spindle.depot.PortRange;
import dev.spindle.farm.ControllerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Runs a controller until it is told to end. */
@Command(
    name = "controller",
    header = "Runs a controller: it keeps the queues, and workers connect to it.",
    description = {
      "Ends on SIGTERM or SIGINT; jobs that run go on at their workers and are taken",
      "up again at the next start. Nothing that it has acknowledged is lost, however",
      "it ends."
    },
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  spindle controller",
      "  spindle controller --pb 0.0.0.0:8787 --passive-ports 30000-30009 --insecure"
    })
final class ControllerCommand implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(ControllerCommand.class);

  @Spec private CommandSpec command;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "where it keeps everything%n(default: ~/.local/share/spindle)")
  private @Nullable Path data;

  @Option(
      names = "--pb",
      paramLabel = "HOST:PORT",
      converter = HostPort.Converter.class,
      defaultValue = "127.0.0.1:8787",
      description =
          "where workers and other commands connect; port 0 takes any free one (default: ${DEFAULT-VALUE})")
  private HostPort pb;

  @Option(
      names = "--ftp",
      paramLabel = "HOST:PORT",
      converter = HostPort.Converter.class,
      description = "where files are moved, over FTP (default: the host of --pb and any free port)")
  private @Nullable HostPort ftp;

  @Option(
      names = "--passive-ports",
      paramLabel = "A-B",
      converter = PortRangeConverter.class,
      description = "ports for FTP data connections, such as 30000-30009 (default: any free ones)")
  private PortRange passivePorts = PortRange.EPHEMERAL;

  @Option(
      names = "--advertise",
      paramLabel = "HOST",
      defaultValue = "",
      description =
          "the address at which workers reach FTP, if it is not that of --ftp (default: the one at which they reached the controller)")
  private String advertise;

  @Option(
      names = "--lease",
      paramLabel = "S",
      description =
          "seconds for which a worker may be silent until its jobs go to others (default: 60)")
  private double lease = ControllerSettings.DEFAULT_LEASE.toSeconds();

  @Option(
      names = "--insecure",
      fallbackValue = "true", // Else it would turn off what the file has turned on.
      description = "allow addresses beyond this machine, without encryption: for trusted networks")
  private boolean insecure;

  @Option(
      names = ConfigDefaults.OPTION,
      paramLabel = "FILE",
      description = "a TOML file with these options in its [controller] section; arguments win")
  private @Nullable Path config;

  @Override
  public void run() {
    refuseOpenListeners();
    DataDirectory directory = data == null ? DataDirectory.ofUser() : new DataDirectory(data);
    directory.create();
    if (!Files.exists(directory.operatorSecret())) {
      Secrets.write(directory.operatorSecret(), Secrets.random());
    }
    String secret = Secrets.read(directory.operatorSecret());
    ControllerSetup setup =
        new ControllerSetup(directory, pb, depotAddress(), JobOptions.seconds(lease));
    CountDownLatch stop = new CountDownLatch(1);
    Termination termination = Termination.onSignal(stop::countDown);
    try (RunningController controller = RunningController.start(setup, secret)) {
      directory.publish(controller.pb());
      LOG.info(
          "controller is ready: workers and operators at {}, files at port {}, data in {}",
          controller.pb(),
          controller.ftpPort(),
          directory.path());
      stop.await();
      LOG.info("controller ends");
      directory.unpublish();
    } catch (IOException e) {
      throw new CommandFailedException(Failure.textOf(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      termination.done();
    }
  }

  private DepotAddress depotAddress() {
    HostPort address = ftp == null ? new HostPort(pb.host(), 0) : ftp;
    return new DepotAddress(address.host(), address.port(), passivePorts, advertise);
  }

  private void refuseOpenListeners() {
    boolean loopback = pb.isLoopback() && (ftp == null || ftp.isLoopback());
    if (!loopback && !insecure) {
      throw new ParameterException(
          command.commandLine(),
          "listening beyond this machine is not encrypted: secrets are never sent, but files and"
              + " logs can be read on the way. If the network is trusted, say --insecure");
    }
  }

  /** Reads {@code A-B}. */
  static final class PortRangeConverter implements ITypeConverter<PortRange> {
    @Override
    public PortRange convert(String text) {
      try {
        String[] ends = text.split("-", -1);
        if (ends.length == 2) {
          return new PortRange(
              Integer.parseInt(ends[0].strip()), Integer.parseInt(ends[1].strip()));
        }
      } catch (NumberFormatException e) {
        // Said below, as for a text without a dash.
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
      throw new TypeConversionException("'" + text + "' is not a range such as 30000-30009");
    }
  }
}
