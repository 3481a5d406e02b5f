// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The names of exceptions, sent and read. */
class ErrorNamesTest {
  private static final String[] ROOTS = {
    "builtins.Exception", "builtins.BaseException", "builtins.object"
  };

  static class ShopException extends Exception {
    private static final long serialVersionUID = 1;

    ShopException(String text) {
      super(text);
    }
  }

  static final class OutOfTea extends ShopException {
    private static final long serialVersionUID = 1;

    OutOfTea(String text) {
      super(text);
    }
  }

  static final class Whole extends Exception {
    private static final long serialVersionUID = 1;
    final Failure failure;

    Whole(Failure failure) {
      super(failure.text());
      this.failure = failure;
    }

    Whole(String text) {
      throw new AssertionError("the other one knows more: " + text);
    }
  }

  private static Failure failure(String type, String... parents) {
    return new Failure(type, "text", List.of(parents), "");
  }

  static Stream<Arguments> counterparts() {
    return Stream.of(
        Arguments.of(new IllegalArgumentException(), "ValueError"),
        Arguments.of(new NumberFormatException(), "ValueError"),
        Arguments.of(new IllegalStateException(), "RuntimeError"),
        Arguments.of(new NoSuchElementException(), "KeyError"),
        Arguments.of(new ArrayIndexOutOfBoundsException(), "IndexError"),
        Arguments.of(new UnsupportedOperationException(), "NotImplementedError"),
        Arguments.of(new TimeoutException(), "TimeoutError"),
        Arguments.of(new IOException(), "OSError"),
        Arguments.of(new UncheckedIOException(new IOException()), "OSError"),
        Arguments.of(new FileNotFoundException(), "FileNotFoundError"),
        Arguments.of(new FileNotFoundException(), "OSError"),
        Arguments.of(new java.nio.file.NoSuchFileException("x"), "FileNotFoundError"),
        Arguments.of(new java.nio.file.AccessDeniedException("x"), "PermissionError"),
        Arguments.of(new SecurityException(), "PermissionError"),
        Arguments.of(new java.net.ConnectException(), "ConnectionRefusedError"),
        Arguments.of(new ArithmeticException(), "ArithmeticError"),
        Arguments.of(new ClassCastException(), "TypeError"),
        Arguments.of(new AssertionError(), "AssertionError"),
        Arguments.of(new OutOfMemoryError(), "MemoryError"),
        Arguments.of(new StackOverflowError(), "RecursionError"));
  }

  @ParameterizedTest
  @MethodSource("counterparts")
  void exceptionsOfTheJdkCanBeTrappedAsPythons(Throwable error, String python) {
    List<String> names = Types.PLAIN.errorNamesOf(error);
    assertThat(names).startsWith(error.getClass().getName()).contains("builtins." + python);
    assertThat(names).endsWith(ROOTS).doesNotHaveDuplicates();
    assertThat(names.indexOf("java.lang.Throwable"))
        .as("what is sure comes before what is like it")
        .isLessThan(names.indexOf("builtins." + python));
  }

  @Test
  void exceptionsWithoutACounterpartHaveTheirOwnNamesAlone() {
    assertThat(Types.PLAIN.errorNamesOf(new ShopException("x")))
        .containsExactly(
            ShopException.class.getName(),
            "java.lang.Exception",
            "java.lang.Throwable",
            "builtins.Exception",
            "builtins.BaseException",
            "builtins.object");
  }

  @Test
  void aRegisteredNameStandsForItsClassAndIsABaseOfThoseThatExtendIt() {
    Types types =
        Types.builder()
            .sendsError(ShopException.class, "shop.Error", "builtins.ValueError")
            .build();
    assertThat(types.errorNamesOf(new ShopException("x")))
        .startsWith("shop.Error", "builtins.ValueError", "java.lang.Exception")
        .doesNotContain(ShopException.class.getName())
        .endsWith(ROOTS);
    assertThat(types.errorNamesOf(new OutOfTea("x")))
        .startsWith(OutOfTea.class.getName(), "shop.Error", "builtins.ValueError");
  }

  @Test
  void theNearestRegisteredNameWins() {
    Types types =
        Types.builder()
            .error(ShopException.class, "shop.Error")
            .error(OutOfTea.class, "shop.OutOfTea")
            .build();
    assertThat(types.exceptionOf(failure("shop.OutOfTea", "shop.OutOfTea", "shop.Error")))
        .isExactlyInstanceOf(OutOfTea.class)
        .hasMessage("text");
    assertThat(types.exceptionOf(failure("shop.OutOfCoffee", "shop.OutOfCoffee", "shop.Error")))
        .isExactlyInstanceOf(ShopException.class);
    assertThat(types.exceptionOf(failure("shop.Deep", "a.B", "shop.OutOfTea", "shop.Error")))
        .isExactlyInstanceOf(OutOfTea.class);
    assertThat(types.exceptionOf(failure("builtins.ValueError", "builtins.Exception"))).isNull();
    assertThat(Types.PLAIN.exceptionOf(failure("shop.Error"))).isNull();
  }

  @Test
  void aConstructorMayTakeTheWholeFailure() {
    Types types = Types.builder().error(Whole.class, "shop.Whole").build();
    Failure failure = failure("shop.Whole", "shop.Whole");
    assertThat(types.exceptionOf(failure))
        .isInstanceOfSatisfying(Whole.class, e -> assertThat(e.failure).isSameAs(failure));
  }

  @Test
  void whatCannotBeRegisteredSaysWhy() {
    class NoText extends Exception {
      private static final long serialVersionUID = 1;
    }
    assertThatThrownBy(() -> Types.builder().error(NoText.class, "a.B"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NoText needs a constructor with a Failure or a String")
        .hasMessageContaining("readsError");
    Types.Builder taken = Types.builder().error(ShopException.class, "shop.Error");
    assertThatThrownBy(() -> taken.sendsError(ShopException.class, "shop.Other"))
        .hasMessageContaining("is registered already, and cannot be sent as 'shop.Other' too");
    assertThatThrownBy(() -> taken.readsError("shop.Error", failure -> new Exception()))
        .hasMessage("the error 'shop.Error' is read already");
  }

  @Test
  void whatAConstructorThrowsIsThrown() {
    class Broken extends Exception {
      private static final long serialVersionUID = 1;

      Broken(String text) {
        throw new IllegalStateException("broken " + text);
      }
    }
    // A local class of a test has the test as its first parameter: a function reaches it.
    Types types = Types.builder().readsError("a.B", failure -> new Broken(failure.text())).build();
    assertThatThrownBy(() -> types.exceptionOf(failure("a.B")))
        .isInstanceOf(IllegalStateException.class);
  }
}
