// SPDX-License-Identifier: Apache-2.0
package dev.spindle.depot;

import java.util.Locale;

/** Verbs that need nothing but an answer. */
final class PlainVerbs {
  private PlainVerbs() {}

  static void quit(ControlConnection connection, String argument) {
    connection.dismiss(221, "Goodbye");
  }

  static void noop(ControlConnection connection, String argument) {
    connection.reply(200, "Still here");
  }

  static void feat(ControlConnection connection, String argument) {
    connection.reply(211, "Features:\n EPRT\n EPSV\n REST STREAM\n SIZE\n UTF8\nEnd");
  }

  static void opts(ControlConnection connection, String argument) throws Refusal {
    if (!argument.toUpperCase(Locale.ROOT).startsWith("UTF8")) {
      throw new Refusal(501, "Only UTF8 is an option");
    }
    connection.reply(200, "Always UTF-8");
  }

  static void syst(ControlConnection connection, String argument) {
    connection.reply(215, "UNIX Type: L8");
  }

  /** Text mode would change the bytes and with them the hash: there is only the image. */
  static void type(ControlConnection connection, String argument) throws Refusal {
    String wanted = argument.toUpperCase(Locale.ROOT);
    if (!wanted.equals("I") && !wanted.equals("L 8")) {
      throw new Refusal(504, "Files go as they are: use TYPE I");
    }
    connection.reply(200, "Binary");
  }

  static void mode(ControlConnection connection, String argument) throws Refusal {
    only("S", argument, "MODE S");
    connection.reply(200, "Stream");
  }

  static void stru(ControlConnection connection, String argument) throws Refusal {
    only("F", argument, "STRU F");
    connection.reply(200, "File");
  }

  static void pwd(ControlConnection connection, String argument) {
    connection.reply(257, "\"/\" is the only folder");
  }

  static void allo(ControlConnection connection, String argument) {
    connection.reply(202, "The grant's size counts");
  }

  private static void only(String offered, String argument, String use) throws Refusal {
    if (!argument.equalsIgnoreCase(offered)) {
      throw new Refusal(504, "Only " + use + " is offered");
    }
  }
}
