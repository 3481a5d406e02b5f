// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.pb.broker.RemoteReference;
import dev.spindle.pb.cred.AnonymousChecker;
import dev.spindle.pb.cred.Avatar;
import dev.spindle.pb.cred.Credentials;
import dev.spindle.pb.cred.PasswordChecker;
import dev.spindle.pb.cred.Portal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.Provider;
import java.security.Security;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** On a Java without MD5, which has to be one of its own. */
class Md5MissingTest {

  /** The JDK's provider as a strict configuration has it: with all it had but MD5. */
  @SuppressWarnings("serial") // Nobody writes it.
  private static final class WithoutMd5 extends Provider {
    WithoutMd5(Provider all) {
      super("WithoutMd5", all.getVersionStr(), "");
      all.forEach(
          (name, value) -> {
            if (!name.toString().contains("MD5") && !name.toString().startsWith("Provider.")) {
              put(name, value);
            }
          });
    }
  }

  /** The program that runs there: {@code server}, or {@code client PORT}. */
  static final class Program {
    private Program() {}

    public static void main(String[] args) throws Exception {
      Provider sun = Security.getProvider("SUN");
      Security.removeProvider("SUN");
      Security.insertProviderAt(new WithoutMd5(sun), 1);
      Portal portal =
          Portal.of(
              login -> CompletableFuture.completedFuture(Avatar.of(new Desk())),
              PasswordChecker.of(Map.of("alice", "sesame")),
              new AnonymousChecker());
      if (args[0].equals("server")) {
        try (PbServer server = Servers.server().portal(portal).start()) {
          System.out.println(server.address().getPort());
          System.in.read();
        }
      } else {
        logInto(Integer.parseInt(args[1])).forEach(System.out::println);
      }
    }
  }

  /** What comes of a login with a password, and of one without. */
  private static List<String> logInto(int port) throws Exception {
    try (PbClient client = PbClient.connect("tcp:port=" + port)) {
      String refusal;
      try {
        refusal = client.login(Credentials.password("alice", "sesame"), null).join().toString();
      } catch (CompletionException e) {
        refusal = e.getCause().toString();
      }
      RemoteReference me = client.login(Credentials.anonymous(), null).join();
      return List.of(refusal, me.call("echo", "anonymous").join().toString());
    }
  }

  private static Process start(String... args) throws Exception {
    List<String> command =
        new java.util.ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Program.class.getName()));
    command.addAll(List.of(args));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static final String WHY = "this Java has no MD5 (a FIPS configuration?)";

  @Test
  void aServerSaysWhyAndTakesOtherLogins() throws Exception {
    Process server = start("server");
    try {
      int port = Integer.parseInt(server.inputReader().readLine());
      assertThat(logInto(port))
          .satisfiesExactly(
              why -> assertThat(why).contains("RemoteException", "UnhandledCredentials", WHY),
              answer -> assertThat(answer).isEqualTo("anonymous"));
    } finally {
      server.destroy();
    }
  }

  @Test
  void aClientSaysWhyAndLogsInOtherwise() throws Exception {
    Portal portal =
        Portal.of(
            login -> CompletableFuture.completedFuture(Avatar.of(new Desk())),
            PasswordChecker.of(Map.of("alice", "sesame")),
            new AnonymousChecker());
    try (PbServer server = Servers.server().portal(portal).start()) {
      Process client = start("client", Integer.toString(server.address().getPort()));
      String said = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(client.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(said.lines())
          .satisfiesExactly(
              why -> assertThat(why).contains("LoginUnavailableException", WHY),
              answer -> assertThat(answer).isEqualTo("anonymous"));
    }
  }
}
