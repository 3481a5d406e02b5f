// SPDX-License-Identifier: Apache-2.0
package dev.spindle.forms;

import dev.spindle.farm.FileName;
import dev.spindle.farm.Sha256;
import dev.spindle.farm.StoredFile;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code {name, size, sha256, md5}}. */
public final class FileForm {
  private FileForm() {}

  public static Map<String, @Nullable Object> toDict(StoredFile file) {
    return Map.of(
        "name", file.name().value(),
        "size", file.size(),
        "sha256", file.sha256().hex(),
        "md5", file.md5());
  }

  public static StoredFile read(@Nullable Object value) {
    Dict dict = Dict.of("file", value);
    return dict.checked(
        () ->
            new StoredFile(
                dict.parsed("name", FileName::new),
                dict.integer("size"),
                dict.parsed("sha256", Sha256::new),
                dict.text("md5")));
  }
}
