// SPDX-License-Identifier: Apache-2.0
package dev.spindle.pb.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.spindle.pb.types.Types;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Tables are made once, and keep nobody. */
class MethodTablesTest {
  /** Loaded a second time by a loader that is then let go. */
  public interface Face {
    CompletionStage<List<Part>> parts(Part part);
  }

  public record Part(String name) {}

  public static final class Exposing implements Referenceable, Face {
    @Override
    @Exposed
    public CompletionStage<List<Part>> parts(Part part) {
      throw new UnsupportedOperationException();
    }
  }

  /** Defines this test and its classes itself. */
  private static final class Plugin extends ClassLoader {
    Plugin() {
      super(MethodTablesTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith(MethodTablesTest.class.getName())) {
        return super.loadClass(name, resolve);
      }
      Class<?> known = findLoadedClass(name);
      if (known != null) {
        return known;
      }
      try (InputStream bytes = getResourceAsStream(name.replace('.', '/') + ".class")) {
        byte[] all = bytes.readAllBytes();
        return defineClass(name, all, 0, all.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }

  @Test
  void aTableIsMadeOnceForTheTypes() {
    MethodTables tables = MethodTables.of(Types.PLAIN);
    assertThat(MethodTables.of(Types.PLAIN)).isSameAs(tables);
    assertThat(tables.called(Face.class)).isSameAs(tables.called(Face.class));
    Exposing one = new Exposing();
    assertThat(tables.exposedOf(one)).isSameAs(tables.exposedOf(new Exposing()));
    assertThat(tables.exposedOf(Referenceable.of(Face.class, one)))
        .isSameAs(tables.exposedOf(Referenceable.of(Face.class, new Exposing())))
        .isNotSameAs(tables.exposedOf(one));
    MethodTables others = MethodTables.of(Types.builder().build());
    assertThat(others.called(Face.class)).isNotSameAs(tables.called(Face.class));
  }

  private static WeakReference<ClassLoader> used(Types types) throws Exception {
    Plugin plugin = new Plugin();
    Class<?> face = plugin.loadClass(Face.class.getName());
    Object exposing =
        plugin.loadClass(Exposing.class.getName()).getDeclaredConstructor().newInstance();
    assertThat(face).isNotSameAs(Face.class).isInstanceOf(Class.class);
    BrokerPair pair =
        BrokerPair.of((Referenceable) exposing, BrokerSettings.DEFAULT.withTypes(types));
    assertThat(pair.client().root().as(face)).isInstanceOf(face);
    MethodTables.of(types).exposedOf(exposed(face, exposing));
    return new WeakReference<>(plugin);
  }

  private static <T> Referenceable exposed(Class<T> face, Object object) {
    return Referenceable.of(face, face.cast(object));
  }

  @Test
  void theUsersClassesCanBeUnloaded() throws Exception {
    WeakReference<ClassLoader> plugin = used(Types.PLAIN);
    await().atMost(30, TimeUnit.SECONDS).until(() -> isGone(plugin));
  }

  private static WeakReference<Types> types() {
    Types types = Types.builder().build();
    MethodTables.of(types).called(Face.class);
    MethodTables.of(types).exposedOf(new Exposing());
    MethodTables.of(types).exposedOf(Referenceable.of(Face.class, new Exposing()));
    return new WeakReference<>(types);
  }

  @Test
  void theTypesOfAnEndpointThatIsGoneAreToo() {
    WeakReference<Types> types = types();
    await().atMost(30, TimeUnit.SECONDS).until(() -> isGone(types));
  }

  private static boolean isGone(WeakReference<?> reference) {
    System.gc();
    return reference.get() == null;
  }
}
