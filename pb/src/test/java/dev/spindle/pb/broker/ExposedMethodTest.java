// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spindle.pb.banana.ByteString;
import dev.spindle.pb.types.Types;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How arguments find their parameters, and which methods there are to find. */
class ExposedMethodTest {

  /** One method of each shape. */
  private static final class Desk implements Referenceable {
    @Exposed
    String two(String a, int b) {
      return a + b;
    }

    @Exposed
    String optional(int a, Optional<String> b, Optional<Integer> c, Optional<List<Long>> d) {
      return a + " " + b + " " + c + " " + d;
    }

    @Exposed
    String rest(String a, Object... rest) {
      return a + Arrays.toString(rest);
    }

    @Exposed
    String caller(String a, PbConnection caller, Optional<String> b) {
      return a + b + caller.root().connection().remoteAddress();
    }

    @Exposed
    String bytes(byte[] a, @Nullable Object b) {
      return a.length + " " + b;
    }

    @Exposed
    boolean reference(RemoteReference a) {
      return a != null;
    }

    @Exposed
    void none() {}
  }

  private final RawPeer peer = RawPeer.ofServer(new Desk());

  private String heard(String call) {
    peer.says("[message 1 root " + call + "]");
    return peer.heard().get(0).replaceFirst("^\\[(answer|error) 1 ", "").replaceFirst("]$", "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "two 1 [tuple u\"a\" 1] [dictionary]|u\"a1\"",
        "two 1 [tuple u\"a\"] [dictionary [u\"b\" 1]]|u\"a1\"",
        "two 1 [tuple] [dictionary [u\"b\" 1] [u\"a\" u\"a\"]]|u\"a1\"",
        "optional 1 [tuple 1] [dictionary]|"
            + "u\"1 Optional.empty Optional.empty Optional.empty\"",
        "optional 1 [tuple 1 u\"b\" 2 [list 3]] [dictionary]|"
            + "u\"1 Optional[b] Optional[2] Optional[[3]]\"",
        "optional 1 [tuple 1 [None]] [dictionary [u\"c\" 2]]|"
            + "u\"1 Optional.empty Optional[2] Optional.empty\"",
        "rest 1 [tuple u\"a\"] [dictionary]|u\"a[]\"",
        "rest 1 [tuple u\"a\" 1 [None] u\"c\"] [dictionary]|u\"a[1, null, c]\"",
        "rest 1 [tuple] [dictionary [u\"a\" u\"x\"]]|u\"x[]\"",
        "caller 1 [tuple u\"a\"] [dictionary]|u\"aOptional.empty/127.0.0.1:1\"",
        "caller 1 [tuple u\"a\" u\"b\"] [dictionary]|u\"aOptional[b]/127.0.0.1:1\"",
        "bytes 1 [tuple three [None]] [dictionary]|u\"5 null\"",
        "bytes 1 [tuple \"\" 5] [dictionary]|u\"0 5\"",
        "reference 1 [tuple [remote 9]] [dictionary]|[boolean true]",
      })
  void argumentsFindTheirParameters(String call, String answer) {
    assertThat(heard(call)).isEqualTo(answer);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "two 1 [tuple] [dictionary]|two() misses the argument 'a' of (a, b)",
        "two 1 [tuple u\"a\"] [dictionary]|two() misses the argument 'b' of (a, b)",
        "two 1 [tuple u\"a\" 1 2] [dictionary]|two() takes 2 positional arguments (a, b), 3 given",
        "two 1 [tuple u\"a\" 1] [dictionary [u\"b\" 1]]|two() got two values for the argument 'b'",
        "two 1 [tuple u\"a\" 1] [dictionary [u\"c\" 1]]|"
            + "two() got an unexpected keyword argument: it takes (a, b)",
        "two 1 [tuple a 1] [dictionary]|two() argument 'a' must be str, not bytes",
        "two 1 [tuple u\"a\" 4294967296] [dictionary]|"
            + "two() argument 'b' 4294967296 does not fit int",
        "two 1 [tuple [None] 1] [dictionary]|two() argument 'a' must be str, not None",
        "two 1 [tuple u\"a\" [None]] [dictionary]|two() argument 'b' must be int, not None",
        "optional 1 [tuple 1 2] [dictionary]|optional() argument 'b' must be str, not int",
        "rest 1 [tuple u\"a\"] [dictionary [u\"rest\" 1]]|"
            + "rest() got an unexpected keyword argument: it takes (a)",
        "caller 1 [tuple u\"a\"] [dictionary [u\"caller\" 1]]|"
            + "caller() got an unexpected keyword argument: it takes (a, b)",
        "reference 1 [tuple [None]] [dictionary]|"
            + "reference() argument 'a' must be a reference, not None",
        "reference 1 [tuple [local root]] [dictionary]|"
            + "reference() argument 'a' must be a reference, not Desk",
        "none 1 [tuple 1] [dictionary]|none() takes 0 positional arguments (), 1 given",
      })
  void argumentsThatDoNotFitAreNamed(String call, String why) {
    assertThat(heard(call)).isEqualTo("!builtins.TypeError: " + why);
  }

  // ---- which methods there are ----

  private interface Greeting extends Referenceable {
    @Exposed
    default String greet() {
      return "hello";
    }
  }

  private interface Warm extends Greeting {}

  private abstract static class Base implements Warm {
    @Exposed("shared")
    String base() {
      return "base";
    }

    @Exposed
    String overridden() {
      return "base";
    }
  }

  private static final class Derived extends Base {
    @Override
    String overridden() {
      return "derived";
    }

    @Exposed
    private String secret() {
      return "private and exposed";
    }
  }

  @Test
  void methodsComeFromTheClassAndAllThatItInherits() {
    BrokerPair pair = BrokerPair.of(new Derived());
    assertThat(pair.call("shared")).isEqualTo("base");
    assertThat(pair.call("overridden")).isEqualTo("derived");
    assertThat(pair.call("secret")).isEqualTo("private and exposed");
    assertThat(pair.call("greet")).isEqualTo("hello");
  }

  private static final class Twice implements Referenceable {
    @Exposed
    void same(int a) {}

    @Exposed
    void same(String a) {}
  }

  private static final class Foreign implements Referenceable {
    @Exposed
    void run(int count, List<Thread> threads) {}
  }

  private static final class Strange implements Referenceable {
    @Exposed
    Thread thread() {
      return Thread.currentThread();
    }
  }

  private static final class OfNoObject implements Referenceable {
    @Exposed
    static String now(String zone) {
      return zone;
    }
  }

  /** What it exposes is of a type that only those who extend it know. */
  private abstract static class Shelf<T> implements Referenceable {
    @Exposed
    abstract T put(T thing);
  }

  private static final class BookShelf extends Shelf<String> {
    @Override
    @Exposed
    String put(String thing) {
      return "a book: " + thing;
    }
  }

  @Test
  void aMethodOfAGenericTypeMayBeOverriddenAndExposedAgain() {
    RawPeer shelf = RawPeer.ofServer(new BookShelf());
    shelf.says("[message 1 root put 1 [tuple u\"Emma\"] [dictionary]]");
    assertThat(shelf.heard()).containsExactly("[answer 1 u\"a book: Emma\"]");
  }

  @Test
  void whatCannotBeExposedIsSaidWhenItIs() {
    assertThatThrownBy(() -> ExposedMethods.marked(Twice.class, Types.PLAIN.converters()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Twice.same(")
        .hasMessageContaining("are both exposed as 'same': give one another name with @Exposed");
    assertThatThrownBy(() -> ExposedMethods.marked(OfNoObject.class, Types.PLAIN.converters()))
        .hasMessageContaining("OfNoObject.now(String) is exposed and static");
    assertThatThrownBy(() -> ExposedMethods.marked(Foreign.class, Types.PLAIN.converters()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(
            "Foreign.run is exposed: parameter 2 'threads': java.lang.Thread cannot travel");
    assertThatThrownBy(() -> ExposedMethods.marked(Strange.class, Types.PLAIN.converters()))
        .hasMessageContaining("Strange.thread is exposed: java.lang.Thread cannot travel");
  }

  @Test
  void noOtherMethodIsReached() {
    ExposedMethods methods = ExposedMethods.marked(Desk.class, Types.PLAIN.converters());
    for (String name : List.of("toString", "hashCode", "getClass", "wait", "notify", "<init>")) {
      assertThat(methods.find(ByteString.utf8(name))).isNull();
    }
  }

  @Test
  void aPerspectiveTellsOfItsMethodsAsPythonDoes() {
    Exposure avatar = new Exposure(new Desk(), Exposure.Kind.PERSPECTIVE, () -> {});
    RawPeer asPerspective = RawPeer.ofServer(avatar);
    asPerspective.says("[message 1 root absent 1 [tuple] [dictionary]]");
    assertThat(asPerspective.heard())
        .containsExactly(
            "[error 1 !builtins.AttributeError:"
                + " 'Desk' object has no attribute 'perspective_absent']");
  }
}
