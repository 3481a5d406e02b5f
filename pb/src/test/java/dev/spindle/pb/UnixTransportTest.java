// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnixTransportTest extends TransportContract {
  @TempDir Path folder;

  private Path socket() {
    return folder.resolve("x.sock");
  }

  @Override
  Endpoint listening() {
    return Endpoint.unix(socket());
  }

  @Override
  Endpoint dialing(PbServer server) {
    return Endpoint.parse("unix:" + socket());
  }

  private PbServer start(Endpoint endpoint) throws IOException {
    return PbServer.at(endpoint).root(new Room()).start();
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(path -> path.getFileName().toString()).toList();
    }
  }

  private void assertWorks() throws IOException {
    try (PbClient client = PbClient.connect("unix:" + socket())) {
      assertThat(client.root().call("echo", 5).join()).isEqualTo(5L);
    }
  }

  @Test
  void aHalfClosedConnectionIsClosed() throws Exception {
    try (PbServer server = start(listening());
        SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket()))) {
      channel.shutdownOutput();
      ByteBuffer buffer = ByteBuffer.allocate(1024);
      while (channel.read(buffer) >= 0) {
        buffer.clear();
      }
      Servers.awaitConnections(server, 0);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', rw-------",
    ":mode=660, rw-rw----",
    ":mode=0, ---------",
    ":mode=777, rwxrwxrwx"
  })
  void theFileHasItsModeAndGoesWithTheServer(String mode, String permissions) throws Exception {
    PbServer server = start(Endpoint.parse("unix:" + socket() + mode));
    assertThat(files()).containsExactly("x.sock");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket())))
        .isEqualTo(permissions);
    server.close();
    assertThat(files()).isEmpty();
  }

  @Test
  void bothEndsKnowEachOtherByTheFile() throws Exception {
    try (PbServer server = start(listening());
        PbClient client = PbClient.to(listening()).connect()) {
      assertThat(client.remoteAddress()).hasToString(socket().toString());
      assertThat(client.root().call("caller").join()).isEqualTo(socket().toString());
      assertThat(server.endpoint()).hasToString("unix:path=" + socket());
      assertThatThrownBy(server::address)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("has no port");
    }
  }

  @Test
  void theFileOfADeadServerIsReplaced() throws Exception {
    ServerSocketChannel.open(StandardProtocolFamily.UNIX)
        .bind(UnixDomainSocketAddress.of(socket()))
        .close();
    assertThat(socket()).exists();
    try (PbServer server = start(listening())) {
      assertWorks();
      assertThat(server.connectionCount()).isLessThan(2);
    }
  }

  @Test
  void theFileOfALivingServerIsNot() throws Exception {
    try (PbServer first = start(listening())) {
      assertThatThrownBy(() -> start(listening()))
          .isInstanceOf(IOException.class)
          .hasMessage("cannot listen on " + socket() + ": another server listens there");
      assertThat(files()).containsExactly("x.sock");
      assertWorks();
      Servers.awaitConnections(first, 0);
    }
  }

  @Test
  void aFileThatIsNoSocketIsLeftAlone() throws Exception {
    Files.writeString(socket(), "mine");
    assertThatThrownBy(() -> start(listening()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(
            socket() + ": there is something else of that name, which is no socket");
    assertThat(socket()).hasContent("mine");
  }

  @Test
  void aServerRemovesNoFileButItsOwn() throws Exception {
    PbServer server = start(listening());
    Files.delete(socket());
    Files.writeString(socket(), "another's");
    server.close();
    assertThat(socket()).hasContent("another's");
  }

  @Test
  void aDirectoryThatIsMissingAndAServerThatIsAreNamed() {
    Path lost = folder.resolve("no/x.sock");
    assertThatThrownBy(() -> start(Endpoint.unix(lost)))
        .isInstanceOf(IOException.class)
        .hasMessage("cannot listen on " + lost + ": there is no such directory");
    assertThatThrownBy(() -> PbClient.to(listening()).connect())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot connect to " + socket());
  }

  @Test
  void aNameThatIsTooLongForTheJdkLeavesNothingBehind() throws Exception {
    int rest = SocketFile.MAX_PATH_BYTES - folder.toString().length() - 1;
    Path longest = folder.resolve("x".repeat(rest));
    try (PbServer server = start(Endpoint.unix(longest));
        PbClient client = PbClient.to(server.endpoint()).connect()) {
      assertThat(client.root().call("echo", 5).join()).isEqualTo(5L);
    }
    Path tooLong = folder.resolve("x".repeat(rest + 1));
    assertThatThrownBy(() -> start(Endpoint.unix(tooLong)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("too long for a socket: 107 bytes of at most 106");
    assertThat(files()).isEmpty();
  }
}
