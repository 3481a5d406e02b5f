// SPDX-License-Identifier: Apache-2.0
package dev.spindle.depot;

import static dev.spindle.depot.Samples.ADA;
import static dev.spindle.depot.Samples.BOB;
import static dev.spindle.depot.Samples.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.spindle.farm.Grant;
import dev.spindle.farm.StoredFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a grant is good for, on the wire. */
final class FtpGrantTest {
  private static final byte[] CONTENT = bytes(100_000);
  private static final String NO_LOGIN = "530 No such login, or no longer: ask for a new grant";

  @TempDir private Path folder;
  private FileDepot depot;
  private StoredFile stored;

  @BeforeEach
  void open() throws Exception {
    depot = FileDepot.open(Samples.settings(folder));
    stored = Samples.put(depot, CONTENT);
  }

  @AfterEach
  void close() {
    depot.close();
  }

  @Test
  void aReadGrantFetchesItsFile() throws Exception {
    Grant grant = depot.grantRead(ADA, stored);
    try (FtpWire wire = FtpWire.login(grant)) {
      assertThat(wire.say("SIZE " + grant.path())).isEqualTo("213 " + CONTENT.length);
      assertThat(wire.retrieve(grant)).isEqualTo(CONTENT);
      wire.say("QUIT", "221");
      assertThat(wire.isClosed()).isTrue();
    }
  }

  @Test
  void aGrantIsGoodForOneLogin() throws Exception {
    Grant grant = depot.grantRead(ADA, stored);
    FtpWire.login(grant).close();
    assertThat(tryLogin(grant.user(), grant.password())).isEqualTo(NO_LOGIN);
  }

  @Test
  void aGrantExpires() throws Exception {
    DepotLimits brief =
        Samples.limits(Duration.ofNanos(1), Duration.ofSeconds(9), Duration.ofSeconds(9));
    try (FileDepot hasty = FileDepot.open(DepotSettings.in(folder.resolve("h")).with(brief));
        FtpWire wire = new FtpWire(hasty.port())) {
      wire.expect("220");
      Grant grant = Samples.write(hasty, ADA, CONTENT);
      assertThat(wire.tryLogin(grant.user(), grant.password())).isEqualTo(NO_LOGIN);
    }
  }

  @Test
  void neitherHalfOfALoginIsToldFromTheOther() throws Exception {
    Grant grant = depot.grantRead(ADA, stored);
    assertThat(tryLogin(grant.user(), "wrong")).isEqualTo(NO_LOGIN);
    assertThat(tryLogin("nobody", grant.password())).isEqualTo(NO_LOGIN);
    assertThat(tryLogin(grant.user(), grant.password())).startsWith("230");
  }

  @Test
  void wrongPasswordsCostTimeAndThenTheConnection() throws Exception {
    try (FtpWire wire = new FtpWire(depot.port())) {
      wire.expect("220");
      long before = System.nanoTime();
      for (int i = 0; i < LoginVerbs.MAX_FAILURES; i++) {
        assertThat(wire.tryLogin("nobody", "guess" + i)).startsWith("530");
      }
      // 250 + 500 + 1000 ms.
      assertThat(Duration.ofNanos(System.nanoTime() - before))
          .isGreaterThanOrEqualTo(LoginThrottle.FIRST.multipliedBy(7));
      assertThat(wire.isClosed()).isTrue();
    }
  }

  @Test
  void passAloneAndASecondLoginAreBadSequences() throws Exception {
    try (FtpWire wire = new FtpWire(depot.port())) {
      wire.expect("220");
      wire.say("PASS x", "503");
      wire.say("USER", "501");
      wire.say("RETR /x", "530");
      Grant grant = depot.grantRead(ADA, stored);
      assertThat(wire.tryLogin(grant.user(), grant.password())).startsWith("230");
      wire.say("USER again", "503");
      wire.say("PASS again", "503");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/etc/passwd",
        "../../../../etc/passwd",
        "/../%s",
        "%s/",
        "//%s",
        "./%s",
        "objects/ab/%s",
        "",
        "%s\u0000.txt"
      })
  void otherPathsAreRefused(String path) throws Exception {
    String named = String.format(path, stored.sha256());
    Grant read = depot.grantRead(ADA, stored);
    Grant write = Samples.write(depot, ADA, bytes(10));
    try (FtpWire reader = FtpWire.login(read);
        FtpWire writer = FtpWire.login(write)) {
      reader.epsv();
      writer.epsv();
      assertThat(reader.say("RETR " + named)).startsWith("550");
      assertThat(reader.say("SIZE " + named)).startsWith("550");
      assertThat(writer.say("STOR " + named)).startsWith("550");
    }
  }

  @Test
  void theWrongDirectionIsRefused() throws Exception {
    Grant read = depot.grantRead(ADA, stored);
    Grant write = Samples.write(depot, ADA, bytes(10));
    try (FtpWire reader = FtpWire.login(read);
        FtpWire writer = FtpWire.login(write)) {
      reader.epsv();
      writer.epsv();
      assertThat(reader.say("STOR " + read.path())).startsWith("550");
      assertThat(writer.say("RETR " + write.path())).startsWith("550");
    }
  }

  @Test
  void aGrantReachesNoOthersFile() throws Exception {
    StoredFile other = Samples.put(depot, bytes(7));
    Grant ours = depot.grantRead(ADA, stored);
    Grant theirs = depot.grantRead(BOB, other);
    try (FtpWire wire = FtpWire.login(ours)) {
      wire.epsv();
      assertThat(wire.say("RETR " + theirs.path())).startsWith("550");
    }
  }

  @Test
  void allOtherVerbsAreRefused() throws Exception {
    try (FtpWire wire = FtpWire.login(depot.grantRead(ADA, stored))) {
      wire.epsv();
      for (String verb :
          List.of(
              "LIST",
              "NLST",
              "MLSD",
              "MLST x",
              "CWD /",
              "CDUP",
              "APPE x",
              "STOU",
              "DELE x",
              "RNFR x",
              "RNTO y",
              "MKD x",
              "RMD x",
              "SITE CHMOD 777 x",
              "SITE",
              "STAT",
              "MDTM x",
              "MD5 x",
              "REIN",
              "ACCT x",
              "SMNT /",
              "HELP",
              "AUTH TLS",
              "PROT P",
              "PBSZ 0",
              "MFMT x",
              "HASH x",
              "LANG en",
              "XYZZY")) {
        assertThat(wire.say(verb)).as(verb).startsWith("502");
      }
      wire.say("TYPE A", "504");
      wire.say("MODE Z", "504");
      wire.say("STRU R", "504");
      wire.say("OPTS MLST size", "501");
      wire.say("REST -1", "501");
      wire.say("REST 9999999999999999999999", "501");
      wire.say("NOOP", "200");
    }
  }

  @Test
  void whatClientsAskOutOfHabitIsAnswered() throws Exception {
    try (FtpWire wire = FtpWire.login(depot.grantRead(ADA, stored))) {
      wire.say("SYST", "215");
      wire.say("FEAT", "211 End");
      wire.say("OPTS UTF8 ON", "200");
      wire.say("PWD", "257 \"/\"");
      wire.say("XPWD", "257");
      wire.say("TYPE I", "200");
      wire.say("type i", "200");
      wire.say("TYPE L 8", "200");
      wire.say("MODE S", "200");
      wire.say("STRU F", "200");
      wire.say("ALLO 10", "202");
    }
  }

  @Test
  void noMoreLoginsAtOnceThanTheLimit() throws Exception {
    DepotLimits two =
        new DepotLimits(
            Duration.ofMinutes(5), 0, 2, Duration.ofSeconds(9), Duration.ofSeconds(9), 100);
    try (FileDepot small = FileDepot.open(DepotSettings.in(folder.resolve("small")).with(two))) {
      Grant first = Samples.write(small, ADA, bytes(1));
      Grant second = Samples.write(small, BOB, bytes(1));
      Grant third = Samples.write(small, ADA, bytes(2));
      try (FtpWire one = FtpWire.login(first);
          FtpWire other = FtpWire.login(second)) {
        try (FtpWire late = new FtpWire(small.port())) {
          late.expect("220");
          assertThat(late.tryLogin(third.user(), third.password())).startsWith("421");
        }
        one.close();
        // The grant was not used up by the refusal.
        await()
            .atMost(Duration.ofSeconds(10))
            .until(
                () -> {
                  try (FtpWire again = new FtpWire(small.port())) {
                    again.expect("220");
                    return again.tryLogin(third.user(), third.password()).startsWith("230");
                  }
                });
        other.say("NOOP", "200");
      }
    }
  }

  @Test
  void connectionsBeyondTheLimitAreTurnedAway() throws Exception {
    List<FtpWire> silent = new ArrayList<>();
    try {
      int most = ControlGuard.maxConnections(DepotLimits.USUAL);
      for (int i = 0; i < most; i++) {
        FtpWire wire = new FtpWire(depot.port());
        silent.add(wire);
        wire.expect("220");
      }
      try (FtpWire oneMore = new FtpWire(depot.port())) {
        oneMore.expect("421");
        assertThat(oneMore.isClosed()).isTrue();
      }
      silent.get(0).say("NOOP", "200");
    } finally {
      for (FtpWire wire : silent) {
        wire.close();
      }
    }
  }

  private String tryLogin(String user, String password) throws Exception {
    try (FtpWire wire = new FtpWire(depot.port())) {
      wire.expect("220");
      return wire.tryLogin(user, password);
    }
  }
}
