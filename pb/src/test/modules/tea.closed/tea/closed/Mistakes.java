// SPDX-License-Identifier: Apache-2.0
package tea.closed;

import dev.spindle.pb.Endpoint;
import dev.spindle.pb.PbClient;
import dev.spindle.pb.PbServer;
import dev.spindle.pb.broker.Exposed;
import dev.spindle.pb.broker.Referenceable;
import dev.spindle.pb.types.Copyable;
import dev.spindle.pb.types.Types;
import java.util.concurrent.Callable;

/** All that needs the package opened, which it is not. Prints what each is told. */
final class Mistakes {
  static final class Greeter implements Referenceable {
    @Exposed
    String greet() {
      return "";
    }
  }

  @Copyable("tea.Copy")
  record Copy(int i) {}

  @Copyable("tea.Fields")
  static final class Fields {
    int i;
  }

  static final class OutOfTea extends Exception {
    private static final long serialVersionUID = 1;

    OutOfTea(String text) {
      super(text);
    }
  }

  record Answer(int i) {}

  interface Asking {
    Answer ask();
  }

  interface Bodied {
    default int twice(int i) {
      return 2 * i;
    }
  }

  interface Served {
    int ask();
  }

  private Mistakes() {}

  public static void main(String[] args) throws Exception {
    tell("root", () -> at().root(new Greeter()).start());
    tell("interface", () -> at().root(Served.class, () -> 1).start());
    tell("record", () -> Types.builder().copies(Copy.class).build());
    tell("fields", () -> Types.builder().copies(Fields.class).build());
    tell("error", () -> Types.builder().error(OutOfTea.class, "tea.OutOfTea").build());
    Endpoint endpoint = Endpoint.inProcess("mistakes");
    Referenceable nothing = new Referenceable() {};
    try (PbServer server = PbServer.at(endpoint).root(nothing).start();
        PbClient client = PbClient.to(endpoint).connect()) {
      tell("answer", () -> client.root().as(Asking.class));
      tell("body", () -> client.root().as(Bodied.class));
      tell("argument", () -> client.root().call("take", new Greeter()).join());
    }
  }

  private static PbServer.Builder at() {
    return PbServer.at("tcp:host=127.0.0.1:port=0");
  }

  private static void tell(String what, Callable<?> attempt) {
    try {
      System.out.println(what + ": " + attempt.call());
    } catch (Exception e) {
      System.out.println(what + ": " + e.getMessage());
    }
  }
}
