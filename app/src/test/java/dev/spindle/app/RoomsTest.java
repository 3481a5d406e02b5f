// SPDX-License-Identifier: Apache-2.0
package dev.spindle.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the table of who may use whom, and a few rules that everybody keeps. */
final class RoomsTest {
  private static final String HOUSE = "dev.spindle";

  /** One class or two for every rule, breaking it. */
  private static final String BAD_HOUSE = "dev.spindle.fixture";

  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(HOUSE);

  private static final JavaClasses BAD = new ClassFileImporter().importPackages(BAD_HOUSE);

  static Stream<Named<ArchRule>> ourRules() {
    return named(new Rooms(HOUSE));
  }

  static Stream<Named<ArchRule>> badRules() {
    return named(new Rooms(BAD_HOUSE));
  }

  private static Stream<Named<ArchRule>> named(Rooms rooms) {
    return rooms.rules().stream().map(rule -> Named.of(rule.getDescription(), rule));
  }

  /** A room that is not yet furnished keeps every rule. */
  @ParameterizedTest
  @MethodSource("ourRules")
  void theHouseKeepsTheRule(ArchRule rule) {
    rule.allowEmptyShould(true).check(OURS);
  }

  @ParameterizedTest
  @MethodSource("badRules")
  void theRuleIsAbleToFail(ArchRule rule) {
    assertThat(rule.evaluate(BAD).hasViolation()).isTrue();
  }

  /** What a wrong class path would hide: nothing imported, nothing wrong. */
  @Test
  void theHouseIsSeen() {
    List<String> seen = OURS.stream().map(type -> type.getPackageName()).distinct().toList();
    assertThat(seen).contains("dev.spindle.app", "dev.spindle.farm");
  }
}
