// SPDX-License-Identifier: Apache-2.0
package dev.spindle.depot;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.command.CommandFactory;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.impl.FtpIoSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The verbs that the depot speaks. Every other one is refused. */
final class VerbTable implements CommandFactory {
  private static final Logger LOG = LoggerFactory.getLogger(VerbTable.class);

  private final Map<String, Verb> anybodys = new HashMap<>();
  private final Map<String, Verb> loggedIns = new HashMap<>();

  VerbTable(LoginVerbs login, DataVerbs data, FileVerbs files) {
    anybodys.put("USER", login::user);
    anybodys.put("PASS", login::pass);
    anybodys.put("QUIT", PlainVerbs::quit);
    anybodys.put("NOOP", PlainVerbs::noop);
    anybodys.put("FEAT", PlainVerbs::feat);
    anybodys.put("OPTS", PlainVerbs::opts);
    anybodys.put("SYST", PlainVerbs::syst);
    loggedIns.put("TYPE", PlainVerbs::type);
    loggedIns.put("MODE", PlainVerbs::mode);
    loggedIns.put("STRU", PlainVerbs::stru);
    loggedIns.put("PWD", PlainVerbs::pwd);
    loggedIns.put("ALLO", PlainVerbs::allo);
    loggedIns.put("PASV", data::pasv);
    loggedIns.put("EPSV", data::epsv);
    loggedIns.put("PORT", data::port);
    loggedIns.put("EPRT", data::eprt);
    loggedIns.put("ABOR", data::abor);
    loggedIns.put("SIZE", files::size);
    loggedIns.put("REST", files::rest);
    loggedIns.put("RETR", files::retr);
    loggedIns.put("STOR", files::stor);
  }

  boolean needsLogin(String name) {
    return loggedIns.containsKey(name);
  }

  @Override
  public @Nullable Command getCommand(String name) {
    Verb verb = anybodys.getOrDefault(name, loggedIns.get(name));
    return verb == null ? null : (session, context, request) -> run(verb, session, request);
  }

  private static void run(Verb verb, FtpIoSession session, FtpRequest request) {
    ControlConnection connection = ControlConnection.of(session);
    String argument = request.hasArgument() ? request.getArgument() : "";
    try {
      verb.run(connection, argument);
    } catch (Refusal e) {
      connection.reply(e.code(), e.text());
    } catch (IOException e) {
      LOG.warn("{} of {} failed", request.getCommand(), connection.peer(), e);
      connection.reply(451, "The depot failed locally: see its log");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      connection.dismiss(421, "The depot is closing");
    }
  }
}
