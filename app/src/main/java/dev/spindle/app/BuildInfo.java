// SPDX-License-Identifier: Apache-2.0
package dev.spindle.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/**
 * What this program was built from.
 *
 * @param version Maven's version
 * @param commit the commit, abbreviated; empty when whoever built it did not know
 */
record BuildInfo(String version, String commit) {
  private static final String RESOURCE = "build.properties";

  /** Reads what the build left beside this class. */
  static BuildInfo read() {
    Properties built = new Properties();
    try (InputStream in = BuildInfo.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(RESOURCE + " is missing beside " + BuildInfo.class);
      }
      built.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + RESOURCE, e);
    }
    return new BuildInfo(built.getProperty("version", ""), built.getProperty("commit", ""));
  }

  /** One line for people: {@code spindle 0.1.0 (commit 0123456789)}. */
  String line() {
    return "spindle " + version + (commit.isEmpty() ? "" : " (commit " + commit + ")");
  }

  /** Answers {@code --version}. Read then, and not at every start. */
  static final class Provider implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {read().line()};
    }
  }
}
