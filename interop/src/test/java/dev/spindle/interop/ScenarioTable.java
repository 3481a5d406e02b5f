// SPDX-License-Identifier: Apache-2.0
package dev.spindle.interop;

import java.io.IOException;
import java.lang.reflect.Method;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/**
 * Which scenarios passed in which pairing. At the end of a run with {@code
 * -Dspindle.interop.table=FILE} it replaces what stands in that file between its two marks, if that
 * run was over TCP.
 */
final class ScenarioTable implements AutoCloseable {
  static final String BEGIN = "<!-- table: written by the tests -->\n";
  static final String END = "<!-- end of table -->\n";

  private final Map<String, Map<String, Map<Pairing, Boolean>>> groups = new TreeMap<>();

  private synchronized void add(Method method, Pairing pairing, boolean passed) {
    String group = method.getDeclaringClass().getAnnotation(AgainstTwisted.class).value();
    String scenario = method.getAnnotation(Scenario.class).value();
    groups
        .computeIfAbsent(group, name -> new TreeMap<>())
        .computeIfAbsent(scenario, name -> new EnumMap<>(Pairing.class))
        .put(pairing, passed);
  }

  /** The table in Markdown, the same for the same results. */
  synchronized String markdown() {
    StringBuilder text = new StringBuilder();
    groups.forEach(
        (group, scenarios) -> {
          text.append("\n#### ").append(group).append("\n\n| scenario |");
          for (Pairing pairing : Pairing.values()) {
            text.append(pairing.javaListens ? " T → J, " : " J → T, ")
                .append(pairing.dialectName())
                .append(" |");
          }
          text.append("\n|---").append("|:-:".repeat(Pairing.values().length)).append("|\n");
          scenarios.forEach((scenario, passed) -> row(scenario, passed, text));
        });
    return text.append('\n').toString();
  }

  private static void row(String scenario, Map<Pairing, Boolean> passed, StringBuilder text) {
    text.append("| ").append(scenario).append(" |");
    for (Pairing pairing : Pairing.values()) {
      Boolean outcome = passed.get(pairing);
      text.append(outcome == null ? " not run |" : outcome ? " ✓ |" : " **✗** |");
    }
    text.append('\n');
  }

  @Override
  public void close() throws IOException {
    if (Wiring.Kind.ofRun() == Wiring.Kind.TCP) {
      WrittenPage.replace(BEGIN, END, markdown());
    }
  }

  /** Writes down how each scenario came out. */
  static final class Extension implements InvocationInterceptor {
    @Override
    public void interceptTestTemplateMethod(
        Invocation<@Nullable Void> invocation,
        ReflectiveInvocationContext<Method> method,
        ExtensionContext context)
        throws Throwable {
      ScenarioTable table =
          context
              .getRoot()
              .getStore(ExtensionContext.Namespace.create(ScenarioTable.class))
              .getOrComputeIfAbsent("table", key -> new ScenarioTable(), ScenarioTable.class);
      Pairing pairing = (Pairing) method.getArguments().get(0);
      try {
        invocation.proceed();
        table.add(method.getExecutable(), pairing, true);
      } catch (Throwable failure) {
        table.add(method.getExecutable(), pairing, false);
        throw failure;
      }
    }
  }
}
