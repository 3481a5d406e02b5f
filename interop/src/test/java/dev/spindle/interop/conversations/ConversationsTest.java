// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop.conversations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.interop.Wiring;
import dev.spindle.interop.conversations.Cell.Language;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every conversation, between all languages, over all transports: each must be, word for word, the
 * one that was written down, which two Twisted programs have as well.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConversationsTest {
  private final JavaSide java = new JavaSide();
  private final TwistedSide twistedClient = new TwistedSide();
  private final TwistedSide twistedServer = new TwistedSide();
  private final ConversationTable table = new ConversationTable();
  private final Path folder;

  ConversationsTest(@TempDir Path folder) {
    this.folder = folder;
    twistedServer.makeCertificates(folder);
  }

  @AfterAll
  void close() throws IOException {
    twistedClient.close();
    twistedServer.close();
    table.write();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.spindle.interop.conversations.Cell#all")
  void isTheSameInEveryPairAndOverEveryTransport(Cell cell) throws Exception {
    table.failed(cell);
    Transcript expected = Transcript.expected(cell.feature(), cell.pair().server);
    assertThat(conversation(cell)).as(() -> stderr(cell)).hasToString(expected.toString());
    table.passed(cell);
  }

  private Transcript conversation(Cell cell) throws Exception {
    Wiring wiring = new Wiring(cell.transport(), folder);
    Side server = cell.pair().server == Language.JAVA ? java : twistedServer;
    Side client = cell.pair().client == Language.JAVA ? java : twistedClient;
    Side.Service service = server.serve(cell.feature(), wiring);
    List<String> said;
    try {
      said = client.visit(cell.feature(), wiring, service.place());
    } catch (Throwable failure) {
      failure.addSuppressed(new AssertionError("the server said " + service.end()));
      throw failure;
    }
    return new Transcript(said, service.end());
  }

  private String stderr(Cell cell) {
    return cell + twistedClient.stderr() + twistedServer.stderr();
  }
}
