// SPDX-License-Identifier: Apache-2.0
package dev.spindle.operator;

import dev.spindle.forms.Dict;
import dev.spindle.forms.JobForm;
import dev.spindle.forms.StatusForm;
import dev.spindle.pb.broker.Exposed;
import dev.spindle.pb.broker.Referenceable;
import java.util.Map;
import java.util.function.Consumer;

/** Takes the controller's calls for one watch. */
final class JobWatcher implements Referenceable {
  private final Consumer<JobNews> watcher;

  JobWatcher(Consumer<JobNews> watcher) {
    this.watcher = watcher;
  }

  @Exposed
  void changed(Map<?, ?> news) {
    Dict dict = Dict.of("news", news);
    watcher.accept(
        new JobNews(
            dict.optionalText("state").map(JobForm::state),
            StatusForm.percent(dict.optionalNumber("percent")),
            dict.optionalText("text"),
            dict.optionalInteger("log").orElse(0L)));
  }
}
