// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The programs of the pages on errors, calls, reconnecting and publishing do what the pages say,
 * with either language at either end where both are shown.
 */
class GuideProgramsTest {
  private static final Path GUIDE = Path.of("../docs/pb");
  private static final String TCP = "tcp:host=127.0.0.1:port=";
  private static final String ANY_PORT = TCP + "0";
  private static final String TWISTED_ANY_PORT = "tcp:0:interface=127.0.0.1";

  @ParameterizedTest
  @CsvSource({"java,java", "java,python", "python,java", "python,python"})
  void anErrorHasItsNameAtBothEnds(String serverLanguage, String clientLanguage) throws Exception {
    assertThat(conversation("Tea", "tea.py", "order", serverLanguage, clientLanguage))
        .isEqualTo(shown("errors.md", "Tea"));
  }

  @ParameterizedTest
  @CsvSource({"java,java", "java,python", "python,java", "python,python"})
  void servicesComeAndGo(String serverLanguage, String clientLanguage) throws Exception {
    assertThat(conversation("Publishing", "publishing.py", "visit", serverLanguage, clientLanguage))
        .isEqualTo(shown("publishing.md", "Publishing"));
  }

  @Test
  void methodsComeAndGo() throws Exception {
    try (ReadmeProgram program = ReadmeProgram.java("Publishing", "methods")) {
      assertThat(program.lines()).isEqualTo(shown("publishing.md", "Publishing.methods"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"java", "python"})
  void callsAreHurriedPumpedAndWatched(String serverLanguage) throws Exception {
    try (ReadmeProgram server =
        serverLanguage.equals("java")
            ? ReadmeProgram.java("Pump", "serve", ANY_PORT)
            : ReadmeProgram.python("office.py", TWISTED_ANY_PORT)) {
      try (ReadmeProgram client = ReadmeProgram.java("Pump", "visit", endpointOf(server))) {
        assertThat(client.lines())
            .isEqualTo(
                shown("calls.md", "Pump.deadline")
                    + "100000000\n"
                    + shown("calls.md", "Pump.listener"));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"java", "python"})
  void aClientComesBack(String serverLanguage) throws Exception {
    try (ReadmeProgram server =
        serverLanguage.equals("java")
            ? ReadmeProgram.java("ComeBack", "serve", ANY_PORT)
            : ReadmeProgram.python("come_back.py", TWISTED_ANY_PORT)) {
      try (ReadmeProgram client = ReadmeProgram.java("ComeBack", "visit", endpointOf(server))) {
        assertThat(client.lines()).isEqualTo(shown("reconnecting.md", "ComeBack"));
      }
    }
  }

  /** What the client prints. */
  private static String conversation(
      String main, String script, String verb, String serverLanguage, String clientLanguage)
      throws Exception {
    String anyPort = serverLanguage.equals("java") ? ANY_PORT : TWISTED_ANY_PORT;
    try (ReadmeProgram server = start(serverLanguage, main, script, "serve", anyPort);
        ReadmeProgram client = start(clientLanguage, main, script, verb, endpointOf(server))) {
      return client.lines();
    }
  }

  private static ReadmeProgram start(String language, String main, String script, String... args)
      throws Exception {
    return language.equals("java")
        ? ReadmeProgram.java(main, args)
        : ReadmeProgram.python(script, args);
  }

  private static String endpointOf(ReadmeProgram server) throws Exception {
    return TCP + server.nextLine().replace("listening on port ", "");
  }

  private static String shown(String page, String output) throws Exception {
    return Listings.outputShownIn(GUIDE.resolve(page), output);
  }
}
