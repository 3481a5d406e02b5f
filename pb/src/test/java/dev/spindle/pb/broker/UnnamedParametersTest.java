// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spindle.pb.types.Types;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Classes of users who compile without {@code -parameters}: where a name is needed, they hear. */
class UnnamedParametersTest {
  private static final String MEND =
      "parameter 1 'arg0': the name of the @Keyword is not known: compile with -parameters, or say"
          + " @Keyword(\"…\")";

  @TempDir Path folder;
  private URLClassLoader compiled;

  @BeforeEach
  void compile() throws Exception {
    Path source = folder.resolve("Desk.java");
    Files.writeString(
        source,
        """
        import dev.spindle.pb.broker.*;
        public class Desk implements Referenceable {
          public interface Unnamed { void find(@Keyword int limit); }
          public interface Named { void find(@Keyword("limit") int limit); }
          @Exposed public void find(@Keyword int limit) {}
        }
        """);
    int status =
        ToolProvider.findFirst("javac")
            .orElseThrow()
            .run(
                System.err,
                System.err,
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                folder.toString(),
                source.toString());
    assertThat(status).isZero();
    compiled = new URLClassLoader(new URL[] {folder.toUri().toURL()}, getClass().getClassLoader());
  }

  @AfterEach
  void close() throws Exception {
    compiled.close();
  }

  @Test
  void aKeywordWithoutANameIsRefusedWhereItIsExposed() throws Exception {
    Referenceable desk = (Referenceable) compiled.loadClass("Desk").getConstructor().newInstance();
    assertThatThrownBy(() -> Broker.requireExposable(desk, Types.PLAIN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Desk.find is exposed: " + MEND);
  }

  @Test
  void andWhereItIsCalled() throws Exception {
    RemoteReference root = RawPeer.ofClient().broker().root();
    Class<?> unnamed = compiled.loadClass("Desk$Unnamed");
    assertThatThrownBy(() -> root.as(unnamed))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("find cannot be called: " + MEND);
    assertThat(root.as(compiled.loadClass("Desk$Named"))).isNotNull();
  }
}
