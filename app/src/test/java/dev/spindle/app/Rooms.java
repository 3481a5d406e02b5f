// SPDX-License-Identifier: Apache-2.0
package dev.spindle.app;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The rules of the house, for the packages under one root. The root is a parameter so that the same
 * rules can be shown to fail on a house that was built badly on purpose.
 */
final class Rooms {
  /** A room and the rooms that it may use. {@code app} may use all and is left out. */
  private static final Map<String, Set<String>> MAY_USE = mayUse();

  /** The layers of {@code pb}, each with those below it. The public face, on top, may use all. */
  private static final List<String> PB_LAYERS =
      List.of("reach", "waiting", "banana", "jelly", "types", "broker", "cred", "util");

  /** The JDK, as far as it is no user interface and no database. */
  private static final String[] JDK = {
    "java..", "javax.net..", "javax.crypto..", "javax.security.."
  };

  private final String root;

  Rooms(String root) {
    this.root = root;
  }

  private static Map<String, Set<String>> mayUse() {
    Map<String, Set<String>> table = new LinkedHashMap<>();
    table.put("pb", Set.of());
    table.put("farm", Set.of());
    table.put("store", Set.of("farm"));
    table.put("depot", Set.of("farm"));
    table.put("worker", Set.of("farm", "depot"));
    table.put("forms", Set.of("farm", "pb"));
    table.put("hbqueue", Set.of("farm", "forms", "worker", "pb"));
    table.put("buildbot", Set.of("farm", "worker", "pb"));
    table.put("operator", Set.of("farm", "forms", "pb"));
    table.put("stand", Set.of("farm", "worker"));
    table.put("dmscp", Set.of());
    table.put("web", Set.of("farm"));
    return table;
  }

  /** Every rule, with a name of its own in its description. */
  List<ArchRule> rules() {
    List<ArchRule> rules = new ArrayList<>();
    MAY_USE.forEach((room, others) -> rules.add(usesOnly(room, others)));
    rules.addAll(pbLayers());
    rules.add(pbStandsAlone());
    rules.add(farmKnowsNoNetworkAndNoDatabase());
    rules.add(everyClassHasARoom());
    rules.add(noCycles());
    rules.add(noMutableStatics());
    rules.add(oneLoggingLibrary());
    rules.add(onlyMainEndsTheProgram());
    return rules;
  }

  private ArchRule usesOnly(String room, Set<String> others) {
    String[] allowed =
        Stream.concat(Stream.of(room), others.stream()).map(this::room).toArray(String[]::new);
    String names =
        others.isEmpty() ? "nothing" : String.join(", ", others.stream().sorted().toList());
    return noClasses()
        .that(resideInAPackage(room(room)))
        .should()
        .dependOnClassesThat(ours().and(not(resideInAnyPackage(allowed))))
        .as(room + " uses " + names + " of ours");
  }

  private List<ArchRule> pbLayers() {
    List<ArchRule> rules = new ArrayList<>();
    for (int i = 0; i < PB_LAYERS.size(); i++) {
      String layer = PB_LAYERS.get(i);
      String[] allowed =
          PB_LAYERS.subList(0, i + 1).stream().map(l -> room("pb." + l)).toArray(String[]::new);
      rules.add(
          noClasses()
              .that(resideInAPackage(room("pb." + layer)))
              .should()
              .dependOnClassesThat(ours().and(not(resideInAnyPackage(allowed))))
              .as("pb." + layer + " uses only the layers below it"));
    }
    return rules;
  }

  /** Its binding to Micrometer is for those who bring that, and nothing else of it knows of it. */
  private ArchRule pbStandsAlone() {
    return classes()
        .that(resideInAPackage(room("pb")).and(not(resideInAPackage("dev.spindle.pb.micrometer"))))
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(JDK)
                .or(resideInAnyPackage("io.netty..", "org.slf4j..", "org.jspecify.."))
                .or(resideInAPackage(room("pb")))
                .or(primitives()))
        .as("pb needs only the JDK, Netty and SLF4J");
  }

  private ArchRule farmKnowsNoNetworkAndNoDatabase() {
    return noClasses()
        .that(resideInAPackage(room("farm")))
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                    "io.netty..",
                    "java.sql..",
                    "javax.sql..",
                    "java.net.http..",
                    "javax.net..",
                    "org.apache.ftpserver..",
                    "org.apache.commons.net..")
                .or(sockets()))
        .as("farm knows no network and no database");
  }

  private ArchRule everyClassHasARoom() {
    String[] rooms =
        Stream.concat(MAY_USE.keySet().stream(), Stream.of("app"))
            .map(this::room)
            .toArray(String[]::new);
    return classes()
        .that(ours())
        .should()
        .resideInAnyPackage(rooms)
        .as("every class has a room in the table of what may use what");
  }

  private ArchRule noCycles() {
    return slices().matching(root + ".(**)").should().beFreeOfCycles().as("no cycles of packages");
  }

  private ArchRule noMutableStatics() {
    return fields()
        .that()
        .areDeclaredInClassesThat(ours())
        .and()
        .areStatic()
        .should()
        .beFinal()
        .as("static fields are final");
  }

  private ArchRule oneLoggingLibrary() {
    return noClasses()
        .that(ours())
        .should()
        .dependOnClassesThat(resideInAPackage("java.util.logging.."))
        .as("no java.util.logging");
  }

  private ArchRule onlyMainEndsTheProgram() {
    return noClasses()
        .that(ours())
        .and()
        .doNotHaveFullyQualifiedName(root + ".app.Main")
        .should()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "halt", int.class)
        .as("only Main ends the program");
  }

  private String room(String name) {
    return root + "." + name + "..";
  }

  private DescribedPredicate<JavaClass> ours() {
    return resideInAPackage(root + "..");
  }

  /** Their addresses are values, and may be told about. */
  private static DescribedPredicate<JavaClass> sockets() {
    Pattern names =
        Pattern.compile(
            "java\\.net\\.((Server|Datagram|Multicast)?Socket|\\w*URLConnection)"
                + "|java\\.nio\\.channels\\.\\w*SocketChannel");
    return DescribedPredicate.describe(
        "sockets", type -> names.matcher(type.getFullName()).matches());
  }

  private static DescribedPredicate<JavaClass> primitives() {
    return DescribedPredicate.describe(
        "primitives", type -> type.getBaseComponentType().isPrimitive());
  }
}
