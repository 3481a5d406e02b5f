// SPDX-License-Identifier: Apache-2.0
package dev.spindle.depot;

import dev.spindle.farm.Grant;
import dev.spindle.farm.StoredFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/** An FTP server that logs everybody in and then misbehaves as the test says. */
final class ScriptedFtp implements AutoCloseable {
  /** What it does with a data connection; answers with the final reply. */
  interface Transfer {
    String run(Socket data, long offset) throws IOException;
  }

  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final String greeting;
  private final String size;
  private final Transfer transfer;

  /**
   * @param greeting on connecting; empty to say nothing ever
   */
  ScriptedFtp(String greeting, String size, Transfer transfer) throws IOException {
    this.greeting = greeting;
    this.size = size;
    this.transfer = transfer;
    thread(this::accept);
  }

  static ScriptedFtp sending(Transfer transfer) throws IOException {
    return new ScriptedFtp("220 hello", "213 0", transfer);
  }

  Grant grant(StoredFile file) {
    return new Grant(
        "127.0.0.1", server.getLocalPort(), false, "u", "p", "/f", file, Duration.ofMinutes(1), 0);
  }

  /** Lines with this verb, so far. */
  long heard(String verb) {
    return heard.stream().filter(line -> line.startsWith(verb)).count();
  }

  List<String> heard() {
    return heard;
  }

  private void accept() throws IOException {
    while (true) {
      Socket control = server.accept();
      sockets.add(control);
      thread(() -> serve(control));
    }
  }

  private void serve(Socket control) throws IOException {
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(control.getInputStream(), StandardCharsets.US_ASCII));
    if (greeting.isEmpty()) {
      in.readLine();
      return;
    }
    say(control, greeting);
    long offset = 0;
    try (ServerSocket passive = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        heard.add(line);
        String verb = line.split(" ")[0].toUpperCase(Locale.ROOT);
        if (verb.equals("REST")) {
          offset = Long.parseLong(line.substring(5));
        }
        if (verb.equals("RETR") || verb.equals("STOR")) {
          Socket data = passive.accept();
          sockets.add(data);
          say(control, "150 here it goes");
          String verdict = transfer.run(data, offset);
          data.close();
          say(control, verdict);
          offset = 0;
        } else {
          say(control, answer(verb, passive.getLocalPort()));
        }
      }
    }
  }

  private String answer(String verb, int dataPort) {
    return switch (verb) {
      case "USER" -> "331 and";
      case "PASS" -> "230 in";
      case "EPSV" -> "229 there (|||" + dataPort + "|)";
      case "SIZE" -> size;
      case "REST" -> "350 so be it";
      default -> "200 well";
    };
  }

  private static void say(Socket control, String line) throws IOException {
    control.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
  }

  private interface Body {
    void run() throws IOException;
  }

  private static void thread(Body body) {
    Thread thread =
        new Thread(
            () -> {
              try {
                body.run();
              } catch (IOException e) {
                // Closed, by the test or by the client: the thread ends.
              }
            },
            "scripted-ftp");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
