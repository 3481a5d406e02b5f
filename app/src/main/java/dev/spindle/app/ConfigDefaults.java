// SPDX-License-Identifier: Apache-2.0
package dev.spindle.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * Takes what the command line does not say from a TOML file: each command has a section of its
 * name, and each option of it may stand there under its long name.
 *
 * <pre>
 * [controller]
 * pb = "0.0.0.0:8787"
 * passive-ports = "30000-30009"
 * </pre>
 */
final class ConfigDefaults implements IDefaultValueProvider {
  static final String OPTION = "--config";

  private final String file;
  private final TomlTable section;

  private ConfigDefaults(String file, TomlTable section) {
    this.file = file;
    this.section = section;
  }

  /**
   * Gives a command the defaults of the file that it names, if it names one. Done before the
   * command line is read, since the parser asks for defaults first.
   *
   * @throws ParameterException naming the file and the line that is wrong
   */
  static void install(CommandLine root, String[] args) {
    CommandLine command = args.length == 0 ? null : root.getSubcommands().get(args[0]);
    if (command == null || command.getCommandSpec().findOption(OPTION) == null) {
      return;
    }
    String file = named(args);
    if (file != null) {
      command.setDefaultValueProvider(load(file, command.getCommandSpec()));
    }
  }

  private static @Nullable String named(String[] args) {
    for (int i = 1; i < args.length; i++) {
      if (args[i].startsWith(OPTION + "=")) {
        return args[i].substring(OPTION.length() + 1);
      }
      if (args[i].equals(OPTION) && i + 1 < args.length) {
        return args[i + 1];
      }
    }
    return null;
  }

  private static ConfigDefaults load(String file, CommandSpec command) {
    TomlParseResult parsed = parse(file, command);
    for (String name : parsed.keySet()) {
      if (!command.parent().subcommands().containsKey(name) || !parsed.isTable(List.of(name))) {
        throw wrong(
            command, file, parsed.inputPositionOf(List.of(name)), "unknown section '" + name + "'");
      }
    }
    TomlTable own = parsed.getTableOrEmpty(List.of(command.name()));
    ConfigDefaults defaults = new ConfigDefaults(file, own);
    defaults.refuseUnknown(command, own);
    return defaults;
  }

  private static TomlParseResult parse(String file, CommandSpec command) {
    try {
      TomlParseResult parsed = Toml.parse(Path.of(file));
      if (parsed.hasErrors()) {
        TomlParseError error = parsed.errors().get(0);
        throw wrong(command, file, error.position(), String.valueOf(error.getMessage()));
      }
      return parsed;
    } catch (IOException e) {
      throw new ParameterException(
          command.commandLine(), "cannot read " + file + ": " + Failure.reasonOf(e), e);
    }
  }

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option)) {
      return null;
    }
    String key = keyOf(option);
    Object value = section.get(List.of(key));
    return value == null ? null : text(argument.command(), key, value);
  }

  private void refuseUnknown(CommandSpec command, TomlTable own) {
    List<String> known = keys(command);
    for (String key : own.keySet()) {
      if (!known.contains(key)) {
        throw wrong(
            command,
            file,
            own.inputPositionOf(List.of(key)),
            "unknown key '"
                + key
                + "' in ["
                + command.name()
                + "]: expected one of "
                + String.join(", ", known));
      }
    }
  }

  private static List<String> keys(CommandSpec command) {
    List<String> keys = new ArrayList<>();
    for (OptionSpec option : command.options()) {
      if (!option.usageHelp() && !option.versionHelp()) {
        keys.add(keyOf(option));
      }
    }
    keys.remove(OPTION.substring(2));
    return keys.stream().sorted().toList();
  }

  private static String keyOf(OptionSpec option) {
    return option.longestName().replaceFirst("^-+", "");
  }

  private String text(CommandSpec command, String key, Object value) {
    if (value instanceof TomlArray array) {
      List<String> members = new ArrayList<>();
      for (int i = 0; i < array.size(); i++) {
        members.add(text(command, key, array.get(i)));
      }
      return String.join(",", members);
    }
    if (value instanceof String || value instanceof Number || value instanceof Boolean) {
      return value.toString();
    }
    throw wrong(
        command, file, position(key), "'" + key + "' must be text, a number or true or false");
  }

  /** Adds where it stands to the complaint about a value of this file. */
  static String located(ParameterException wrong) {
    String text = String.valueOf(wrong.getMessage());
    if (wrong.getArgSpec() instanceof OptionSpec option
        && wrong.getCommandLine().getDefaultValueProvider() instanceof ConfigDefaults defaults
        && wrong.getValue() != null
        && defaults.isFrom(option, wrong.getValue())) {
      TomlPosition position = defaults.position(keyOf(option));
      return defaults.file + (position == null ? "" : ":" + position.line()) + ": " + text;
    }
    return text;
  }

  private boolean isFrom(OptionSpec option, String value) {
    return value.equals(defaultValue(option));
  }

  private @Nullable TomlPosition position(String key) {
    return section.inputPositionOf(List.of(key));
  }

  private static ParameterException wrong(
      CommandSpec command, String file, @Nullable TomlPosition where, String what) {
    String line = where == null ? "" : ":" + where.line();
    return new ParameterException(command.commandLine(), file + line + ": " + what);
  }
}
