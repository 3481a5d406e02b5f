// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.api;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The public and protected members of the classes that a module exports, one a line and sorted:
 * {@code CLASS: DECLARATION}. What a class inherits from one that is not public is listed as its
 * own. Annotations are left out, but for the methods that they have, and so is what every object
 * has.
 */
final class ApiDescription {
  private final SortedSet<String> lines = new TreeSet<>();

  private ApiDescription() {}

  /**
   * @param classes the directory of a module's classes, which are on the class path
   */
  static List<String> of(Path classes) throws IOException, ReflectiveOperationException {
    ModuleDescriptor module = ModuleFinder.of(classes).findAll().iterator().next().descriptor();
    ApiDescription api = new ApiDescription();
    for (ModuleDescriptor.Exports exported : module.exports()) {
      Path folder = classes.resolve(exported.source().replace('.', '/'));
      for (String file : classFiles(folder)) {
        String name = exported.source() + '.' + file.replace(".class", "");
        Class<?> type = Class.forName(name, false, ApiDescription.class.getClassLoader());
        if (isVisible(type)) {
          api.add(type);
        }
      }
    }
    return List.copyOf(api.lines);
  }

  /** The lines of one class. */
  static List<String> of(Class<?> type) throws ReflectiveOperationException {
    ApiDescription api = new ApiDescription();
    api.add(type);
    return List.copyOf(api.lines);
  }

  private static List<String> classFiles(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".class") && !name.equals("package-info.class"))
          .toList();
    }
  }

  /** Whether others may name it, which takes all classes around it. */
  private static boolean isVisible(Class<?> type) {
    for (Class<?> c = type; c != null; c = c.getDeclaringClass()) {
      if (!isVisible(c.getModifiers()) || c.isAnonymousClass() || c.isLocalClass()) {
        return false;
      }
    }
    return true;
  }

  private static boolean isVisible(int modifiers) {
    return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
  }

  private void add(Class<?> type) throws ReflectiveOperationException {
    line(type, kind(type) + above(type));
    for (Constructor<?> constructor : type.getDeclaredConstructors()) {
      if (counts(type, constructor)) {
        line(type, constructor.toGenericString());
      }
    }
    for (Class<?> source : sources(type)) {
      for (Method method : source.getDeclaredMethods()) {
        if (counts(type, method) && !isOfEveryObject(method)) {
          line(type, shown(method));
        }
      }
      for (Field field : source.getDeclaredFields()) {
        if (counts(type, field)) {
          line(type, shown(field));
        }
      }
    }
  }

  /** As it is declared; JVMs differ in what they say of it themselves. */
  private static String kind(Class<?> type) {
    int shown = Modifier.classModifiers();
    if (type.isInterface()) {
      shown &= ~(Modifier.ABSTRACT | Modifier.STATIC);
    }
    String keyword = type.isInterface() ? "interface " : type.isEnum() ? "enum " : "class ";
    if (type.isAnnotation()) {
      keyword = "@interface ";
    } else if (type.isRecord()) {
      keyword = "record ";
    }
    TypeVariable<?>[] variables = type.getTypeParameters();
    return Modifier.toString(type.getModifiers() & shown)
        + (type.isSealed() ? " sealed " : " ")
        + keyword
        + type.getTypeName()
        + (variables.length == 0 ? "" : Arrays.toString(variables));
  }

  private static String above(Class<?> type) {
    List<Type> all = new ArrayList<>();
    if (type.getGenericSuperclass() != null) {
      all.add(type.getGenericSuperclass());
    }
    all.addAll(Arrays.asList(type.getGenericInterfaces()));
    return all.stream()
        .map(Type::getTypeName)
        .sorted()
        .collect(Collectors.joining(", ", " < ", ""));
  }

  /** The class and what it inherits from that others cannot see. */
  private static List<Class<?>> sources(Class<?> type) {
    List<Class<?>> sources = new ArrayList<>(List.of(type));
    for (int i = 0; i < sources.size(); i++) {
      Class<?> above = sources.get(i).getSuperclass();
      Stream.concat(Stream.ofNullable(above), Arrays.stream(sources.get(i).getInterfaces()))
          .filter(inherited -> !isVisible(inherited))
          .forEach(sources::add);
    }
    return sources;
  }

  /** Nobody can extend what is final, so that what it protects is out of reach. */
  private static boolean counts(Class<?> type, Member member) {
    int modifiers = member.getModifiers();
    return !member.isSynthetic()
        && (Modifier.isPublic(modifiers)
            || Modifier.isProtected(modifiers) && !Modifier.isFinal(type.getModifiers()));
  }

  private static boolean isOfEveryObject(Method method) {
    return Set.of("equals", "hashCode", "toString").contains(method.getName())
        && Arrays.stream(Object.class.getMethods())
            .anyMatch(
                of ->
                    of.getName().equals(method.getName())
                        && Arrays.equals(of.getParameterTypes(), method.getParameterTypes()));
  }

  private static String shown(Method method) {
    Object byDefault = method.getDefaultValue();
    return method.toGenericString().replace(" synchronized ", " ")
        + (byDefault == null ? "" : " = \"" + byDefault + '"');
  }

  /** A constant's value is compiled into those who use it. */
  private static String shown(Field field) throws IllegalAccessException {
    boolean isConstant =
        Modifier.isStatic(field.getModifiers())
            && Modifier.isPublic(field.getDeclaringClass().getModifiers())
            && (field.getType().isPrimitive() || field.getType() == String.class);
    return field.toGenericString() + (isConstant ? " = \"" + field.get(null) + '"' : "");
  }

  /** The member's own class need not be said again. */
  private void line(Class<?> type, String declaration) {
    String shortened = declaration;
    for (Class<?> source : sources(type)) {
      shortened = shortened.replace(' ' + source.getTypeName() + '.', " ");
    }
    lines.add(type.getName() + ": " + shortened);
  }
}
