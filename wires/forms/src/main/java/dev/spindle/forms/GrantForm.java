// SPDX-License-Identifier: Apache-2.0
package dev.spindle.forms;

import dev.spindle.farm.FileName;
import dev.spindle.farm.Grant;
import dev.spindle.farm.Sha256;
import dev.spindle.farm.StoredFile;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code {host, port, tls, user, password, path, size, sha256, md5, expires}}, and {@code offset}:
 * how much of a file to be written is there already.
 */
public final class GrantForm {
  private GrantForm() {}

  /**
   * Writes a grant.
   *
   * @param reachedAt the address at which its holder reached us: the depot is there too when it
   *     listens everywhere
   */
  public static Map<String, @Nullable Object> toDict(Grant grant, SocketAddress reachedAt) {
    Map<String, @Nullable Object> dict = new LinkedHashMap<>();
    dict.put("host", grant.host().isEmpty() ? hostOf(reachedAt) : grant.host());
    dict.put("port", grant.port());
    dict.put("tls", grant.tls());
    dict.put("user", grant.user());
    dict.put("password", grant.password());
    dict.put("path", grant.path());
    dict.put("size", grant.file().size());
    dict.put("sha256", grant.file().sha256().hex());
    dict.put("md5", grant.file().md5());
    dict.put("expires", Seconds.of(grant.valid()));
    dict.put("offset", grant.offset());
    return dict;
  }

  private static String hostOf(SocketAddress address) {
    return address instanceof InetSocketAddress inet && inet.getAddress() != null
        ? inet.getAddress().getHostAddress()
        : "127.0.0.1";
  }

  public static Grant read(FileName name, @Nullable Object value) {
    Dict dict = Dict.of("grant", value);
    StoredFile file =
        dict.checked(
            () ->
                new StoredFile(
                    name,
                    dict.integer("size"),
                    dict.parsed("sha256", Sha256::new),
                    dict.optionalText("md5").orElse("")));
    return new Grant(
        dict.text("host"),
        dict.smallInteger("port"),
        dict.truth("tls"),
        dict.text("user"),
        dict.text("password"),
        dict.text("path"),
        file,
        dict.optionalSeconds("expires").orElse(Duration.ZERO),
        dict.optionalInteger("offset").orElse(0L));
  }
}
