// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop.farm;

import static dev.spindle.interop.farm.Farm.expect;
import static dev.spindle.interop.farm.Farm.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.spindle.farm.FileName;
import dev.spindle.farm.Grant;
import dev.spindle.farm.JobId;
import dev.spindle.farm.Sha256;
import dev.spindle.operator.OperatorClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** FTP clients that others wrote, with a grant in hand: lftp, and Python's ftplib. */
final class FtpClientsTest {
  @RegisterExtension static final Farm farm = Farm.withController();
  private static final FileName RESULT = new FileName("result");
  private static final byte[] CONTENT = content();

  private static OperatorClient operator;
  private static JobId job;

  private static byte[] content() {
    byte[] bytes = new byte[3_000_000];
    new java.util.Random(7).nextBytes(bytes);
    return bytes;
  }

  @BeforeAll
  static void haveAResult() throws IOException {
    farm.startController();
    farm.startWorker("w1");
    Files.write(farm.user("source"), CONTENT);
    long id = farm.submit("--input=source", "--output=result", "--", "cp", "source", "result");
    farm.awaitEnd(id);
    job = new JobId(id);
    operator = farm.operator();
  }

  @AfterAll
  static void leave() {
    operator.close();
  }

  private static Grant reading() {
    return operator.download(job, RESULT);
  }

  private static Grant writing(byte[] content) {
    return operator.upload(new FileName("mine"), content.length, sha256(content));
  }

  private static Sha256 sha256(byte[] content) {
    try {
      return new Sha256(
          HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static Ended lftp(Grant grant, String... commands) {
    List<String> script = new ArrayList<>();
    script.add("set net:max-retries 1; set ftp:use-mdtm no; set cmd:fail-exit yes");
    script.add(
        "open -u %s,%s ftp://%s:%d"
            .formatted(grant.user(), grant.password(), grant.host(), grant.port()));
    script.addAll(List.of(commands));
    return farm.start("lftp", List.of("lftp", "-c", String.join("; ", script))).end();
  }

  private static Ended python(Grant grant, String body) {
    String program =
        """
        import ftplib, io, sys
        ftp = ftplib.FTP()
        ftp.connect(%s, %d, timeout=20)
        ftp.login(%s, %s)
        path = %s
        """
                .formatted(
                    quoted(grant.host()),
                    grant.port(),
                    quoted(grant.user()),
                    quoted(grant.password()),
                    quoted(grant.path()))
            + body;
    Path file = write(farm.path("program.py"), program);
    return farm.start("python", List.of("/usr/bin/python3", file.toString())).end();
  }

  private static String quoted(String text) {
    return "'" + text + "'";
  }

  private static byte[] half() {
    return Arrays.copyOf(CONTENT, CONTENT.length / 2);
  }

  @Test
  void lftpContinuesAFetchThatWasCutOff() throws IOException {
    Path target = farm.user("by-lftp");
    Files.write(target, half());
    Grant grant = reading();
    expect(0, lftp(grant, "get -c " + grant.path() + " -o " + target.getFileName()));
    assertThat(Files.readAllBytes(target)).isEqualTo(CONTENT);
  }

  @Test
  void ftplibContinuesAFetchThatWasCutOff() throws IOException {
    Path target = farm.user("by-ftplib");
    Files.write(target, half());
    expect(
        0,
        python(
            reading(),
            """
            with open('by-ftplib', 'ab') as file:
                ftp.retrbinary('RETR ' + path, file.write, rest=file.tell())
            ftp.quit()
            """));
    assertThat(Files.readAllBytes(target)).isEqualTo(CONTENT);
  }

  @Test
  void lftpDelivers() throws IOException {
    byte[] mine = "sent by lftp\n".getBytes(StandardCharsets.UTF_8);
    Files.write(farm.user("mine"), mine);
    Grant grant = writing(mine);
    expect(0, lftp(grant, "put mine -o " + grant.path()));
    assertThat(operator.uploaded(new FileName("mine")).orElseThrow().sha256())
        .isEqualTo(sha256(mine));
  }

  @Test
  void ftplibDeliversAndContinues() {
    byte[] mine = "0123456789 sent by ftplib\n".getBytes(StandardCharsets.UTF_8);
    expect(
        0,
        python(
            writing(mine),
            """
            data = b'0123456789 sent by ftplib\\n'
            sock = ftp.transfercmd('STOR ' + path)
            sock.sendall(data[:10])
            sock.close()
            try:
                ftp.voidresp()
                sys.exit('half a file was taken for a whole one')
            except ftplib.Error as refused:
                print(refused)
            """));
    Grant grant = writing(mine);
    assertThat(grant.offset()).isEqualTo(10);
    expect(
        0,
        python(
            grant,
            """
            data = b'0123456789 sent by ftplib\\n'
            ftp.storbinary('STOR ' + path, io.BytesIO(data[10:]), rest=10)
            """));
    assertThat(operator.uploaded(new FileName("mine"))).isPresent();
  }

  @Test
  void aWrongPasswordIsRefused() {
    Grant grant = reading();
    Grant guessed =
        new Grant(
            grant.host(),
            grant.port(),
            false,
            grant.user(),
            "guessed",
            grant.path(),
            grant.file(),
            grant.valid(),
            0);
    Ended python = python(guessed, "print('in')\n");
    assertThat(python.code()).isEqualTo(1);
    assertThat(python.err()).contains("ftplib.error_perm: 530");
  }

  @Test
  void aGrantIsGoodForItsOwnFileOnly() {
    byte[] other = "another file".getBytes(StandardCharsets.UTF_8);
    String path = writing(other).path();
    Ended python =
        python(reading(), "ftp.retrbinary('RETR %s', lambda data: None)\n".formatted(path));
    assertThat(python.code()).isEqualTo(1);
    assertThat(python.err()).contains("ftplib.error_perm: 550");
  }

  @Test
  void aGrantToReadDoesNotWriteNorTheOtherWayRound() {
    Ended write = python(reading(), "ftp.storbinary('STOR ' + path, io.BytesIO(b'x'))\n");
    assertThat(write.err()).contains("ftplib.error_perm: 550");
    byte[] mine = "to be written".getBytes(StandardCharsets.UTF_8);
    Ended read = python(writing(mine), "ftp.retrbinary('RETR ' + path, lambda data: None)\n");
    assertThat(read.err()).contains("ftplib.error_perm: 550");
  }

  @Test
  void nothingCanBeListedOrDeleted() {
    for (String verb : List.of("LIST", "NLST", "MLSD")) {
      Ended asked = python(reading(), "ftp.retrlines('" + verb + "')\n");
      assertThat(asked.code()).as(verb).isEqualTo(1);
      assertThat(asked.err()).as(verb).containsPattern("ftplib.error_perm: 5\\d\\d");
    }
    Ended delete = python(reading(), "ftp.delete(path)\n");
    assertThat(delete.err()).containsPattern("ftplib.error_perm: 5\\d\\d");
    assertThat(reading().file().size()).isEqualTo(CONTENT.length);
  }

  @Test
  void aGrantIsGoodForOneLogin() {
    Grant used = reading();
    String fetch = "ftp.retrbinary('RETR ' + path, lambda data: None)\n";
    expect(0, python(used, fetch));
    assertThat(python(used, fetch).err()).contains("ftplib.error_perm: 530");
    expect(0, python(reading(), fetch));
  }
}
