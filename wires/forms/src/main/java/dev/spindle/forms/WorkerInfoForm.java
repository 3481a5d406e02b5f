// SPDX-License-Identifier: Apache-2.0
package dev.spindle.forms;

import dev.spindle.farm.AttemptId;
import dev.spindle.farm.Sha256;
import dev.spindle.farm.WorkerInfo;
import dev.spindle.farm.WorkerName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code {name, version, tags, slots, cpus, kinds, holds, running, boot}}. */
public final class WorkerInfoForm {
  /** Most tags, kinds, held hashes and running attempts of one registration, each. */
  public static final int MAX_ITEMS = 10_000;

  private WorkerInfoForm() {}

  public static Map<String, @Nullable Object> toDict(WorkerInfo info) {
    Map<String, @Nullable Object> dict = new LinkedHashMap<>();
    dict.put("name", info.name().value());
    dict.put("version", info.version());
    dict.put("tags", new ArrayList<>(info.tags()));
    dict.put("slots", info.slots());
    dict.put("cpus", info.cpus());
    dict.put("kinds", new ArrayList<>(info.kinds()));
    dict.put("holds", new ArrayList<>(info.holds().stream().map(Sha256::hex).toList()));
    dict.put("running", new ArrayList<>(info.running().stream().map(AttemptForm::toList).toList()));
    dict.put("boot", info.boot());
    return dict;
  }

  /**
   * Reads what a worker tells of itself.
   *
   * @param wire the wire it came over
   * @param address where it is
   */
  public static WorkerInfo read(@Nullable Object value, String wire, String address) {
    Dict dict = Dict.of("info", value);
    List<AttemptId> running = bounded("running", dict.list("running", AttemptForm::read));
    List<String> holds = bounded("holds", dict.textList("holds"));
    return dict.checked(
        () ->
            new WorkerInfo(
                dict.parsed("name", WorkerName::new),
                wire,
                address,
                dict.optionalText("version").orElse("unknown"),
                Set.copyOf(bounded("tags", dict.textList("tags"))),
                dict.smallInteger("slots"),
                dict.optionalSmallInteger("cpus").orElse(1),
                Set.copyOf(bounded("kinds", dict.textList("kinds"))),
                Set.copyOf(holds.stream().map(Sha256::new).toList()),
                running,
                dict.text("boot"),
                true));
  }

  private static <T> List<T> bounded(String key, List<T> members) {
    if (members.size() > MAX_ITEMS) {
      throw Dict.invalid(
          "info: '" + key + "' has " + members.size() + " members: at most " + MAX_ITEMS);
    }
    return members;
  }
}
