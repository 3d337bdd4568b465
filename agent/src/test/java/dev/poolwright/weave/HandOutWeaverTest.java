package dev.poolwright.weave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.acme.OddDrivers;
import com.acme.OddSources;
import dev.poolwright.agent.RecordingGate;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Properties;
import javax.sql.DataSource;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Woven data sources of all shapes: whether the JVM accepts them, and whether each entry has its one exit. */
class HandOutWeaverTest {

    private RecordingGate gate;

    @BeforeEach
    void install() throws ReflectiveOperationException {
        gate = RecordingGate.install();
    }

    @Test
    void leaves_once_for_every_return_of_a_body_with_loops_and_wide_variables() throws Exception {
        DataSource woven = woven(OddSources.Branching.class);

        assertThat(woven.getConnection("a", "b")).isSameAs(OddSources.CONNECTION);
        assertThat(woven.getConnection("long enough to loop", "b")).isSameAs(OddSources.CONNECTION);
        assertThat(woven.getConnection(null, null)).isNull();

        assertThat(gate.calls())
                .containsExactly(
                        "dataSourceEntered Branching",
                        "dataSourceConnected Branching",
                        "dataSourceLeft Branching",
                        "dataSourceEntered Branching",
                        "dataSourceConnected Branching",
                        "dataSourceLeft Branching",
                        "dataSourceEntered Branching",
                        "dataSourceLeft Branching");
    }

    @Test
    void leaves_once_when_the_body_throws() throws Exception {
        DataSource woven = woven(OddSources.Failing.class);

        assertThatThrownBy(woven::getConnection)
                .isInstanceOf(SQLException.class)
                .hasMessage("refused");
        assertThatThrownBy(() -> woven.getConnection("a", "b"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("after finally");

        assertThat(gate.calls())
                .containsExactly(
                        "dataSourceEntered Failing",
                        "makesRoom",
                        "dataSourceLeft Failing",
                        "dataSourceEntered Failing",
                        "makesRoom",
                        "dataSourceLeft Failing");
    }

    @Test
    void runs_the_body_once_more_with_its_own_arguments_where_room_was_made() throws Exception {
        gate.answer("makesRoom", arguments -> true);
        DataSource woven = woven(OddSources.Narrow.class);
        assertThat(woven.getConnection("a", "b")).isSameAs(OddSources.CONNECTION);
        assertThat(woven.toString()).isEqualTo("[a b, a b]");
        assertThat(gate.calls())
                .containsExactly(
                        "dataSourceEntered Narrow", "makesRoom", "dataSourceConnected Narrow", "dataSourceLeft Narrow");

        Driver driver = (Driver) load(OddDrivers.Narrow.class.getName(), weave(bytes(OddDrivers.Narrow.class)));
        assertThat(driver.connect("jdbc:odd:here", new Properties())).isSameAs(OddSources.CONNECTION);
        assertThat(driver.toString()).isEqualTo("[jdbc:odd:here {}, jdbc:odd:here {}]");
    }

    @Test
    void throws_what_the_body_threw_first_if_that_was_of_no_use() throws Exception {
        gate.answer("makesRoom", arguments -> true);
        DataSource woven = woven(OddSources.Failing.class);

        assertThatThrownBy(woven::getConnection).hasMessage("refused").hasNoSuppressedExceptions();
        assertThatThrownBy(() -> woven.getConnection("a", "b")).isInstanceOf(IllegalStateException.class);

        assertThat(gate.calls())
                .containsExactly(
                        "dataSourceEntered Failing",
                        "makesRoom",
                        "dataSourceLeft Failing",
                        "dataSourceEntered Failing",
                        "makesRoom",
                        "dataSourceLeft Failing");
    }

    @Test
    void does_not_run_the_body_after_a_verdict() throws Exception {
        gate.answer("dataSourceEntered", arguments -> arguments[4].equals(true) ? OddSources.CONNECTION : null);
        DataSource woven = woven(OddSources.Failing.class);

        assertThat(woven.getConnection("a", "b")).isSameAs(OddSources.CONNECTION);

        assertThat(gate.calls()).containsExactly("dataSourceEntered Failing");
    }

    @Test
    void guards_what_makes_xa_and_pooled_connections() throws Exception {
        OddSources.Raw woven =
                (OddSources.Raw) load(OddSources.RawSource.class.getName(), weave(bytes(OddSources.RawSource.class)));

        assertThat(woven.getXAConnection("a", "b")).isNull();
        assertThatThrownBy(woven::getPooledConnection).isInstanceOf(SQLException.class);

        assertThat(gate.calls()).containsExactly("rawEntered", "rawLeft", "rawEntered", "rawLeft");
    }

    @Test
    void leaves_a_driver_once_whatever_it_answers() throws Exception {
        Driver woven = (Driver) load(OddDrivers.Picky.class.getName(), weave(bytes(OddDrivers.Picky.class)));

        assertThat(woven.connect("jdbc:odd:here", null)).isSameAs(OddSources.CONNECTION);
        assertThat(woven.connect("jdbc:other:", null)).isNull();
        assertThatThrownBy(() -> woven.connect("jdbc:odd:refused", null))
                .isInstanceOf(SQLException.class)
                .hasMessage("refused");

        assertThat(gate.calls())
                .containsExactly(
                        "driverEntered Picky",
                        "driverConnected Picky",
                        "driverLeft Picky",
                        "driverEntered Picky",
                        "driverLeft Picky",
                        "driverEntered Picky",
                        "makesRoom",
                        "driverLeft Picky");
    }

    @Test
    void does_not_ask_the_driver_after_a_verdict() throws Exception {
        gate.answer("driverEntered", arguments -> OddSources.CONNECTION);
        Driver woven = (Driver) load(OddDrivers.Picky.class.getName(), weave(bytes(OddDrivers.Picky.class)));

        assertThat(woven.connect("jdbc:odd:refused", new Properties())).isSameAs(OddSources.CONNECTION);

        assertThat(gate.calls()).containsExactly("driverEntered Picky");
    }

    @Test
    void tells_whose_code_runs() throws Exception {
        Object[] declaring = new Object[1];
        gate.answer("driverEntered", arguments -> {
            declaring[0] = arguments[1] + " " + arguments[2] + " " + arguments[3];
            return OddSources.CONNECTION;
        });
        Driver woven = (Driver) load(OddDrivers.Derived.class.getName(), weave(bytes(OddDrivers.Derived.class)));

        woven.connect("jdbc:odd:here", new Properties());

        assertThat(declaring[0]).isEqualTo(OddDrivers.Derived.class.getName() + " jdbc:odd:here {}");
    }

    @Test
    void lets_through_what_only_looks_like_a_driver() throws Exception {
        Object woven = load(OddDrivers.NoDriver.class.getName(), weave(bytes(OddDrivers.NoDriver.class)));

        assertThat(woven.getClass()
                        .getMethod("connect", String.class, Properties.class)
                        .invoke(woven, "", new Properties()))
                .isSameAs(OddSources.CONNECTION);

        assertThat(gate.calls()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {Opcodes.V1_2, Opcodes.V1_4, Opcodes.V1_5, Opcodes.V1_6})
    void weaves_old_class_files(int version) throws Exception {
        DataSource woven = (DataSource) load("com.acme.Old", weave(old(version)));

        assertThat(woven.getConnection()).isNull();

        assertThat(gate.calls()).containsExactly("dataSourceEntered Old", "dataSourceLeft Old");
    }

    @Test
    void asks_the_hook_of_every_kind_of_class_that_declares_the_method() throws Exception {
        assertThat(HandOut.mayBeIn(bytes(OddSources.NoSource.class))).isTrue();
        Object woven = load(OddSources.NoSource.class.getName(), weave(bytes(OddSources.NoSource.class)));

        assertThat(woven.getClass().getMethod("getConnection").invoke(woven)).isSameAs(OddSources.CONNECTION);

        assertThat(gate.calls()).isEmpty();
    }

    @Test
    void leaves_callers_alone() throws IOException {
        byte[] caller = bytes(OddSources.Caller.class);

        assertThat(HandOut.isIn(ClassFile.of(caller))).isFalse();
    }

    private static DataSource woven(Class<?> source) throws Exception {
        return (DataSource) load(source.getName(), weave(bytes(source)));
    }

    private static byte[] weave(byte[] bytes) {
        return HandOutWeaver.woven(ClassFile.of(bytes));
    }

    private static byte[] bytes(Class<?> type) throws IOException {
        try (InputStream in =
                type.getClassLoader().getResourceAsStream(type.getName().replace('.', '/') + ".class")) {
            return in.readAllBytes();
        }
    }

    /** In a loader of its own, verified, with everything else from the test's. */
    private static Object load(String name, byte[] bytes) throws Exception {
        ClassLoader loader = new ClassLoader(HandOutWeaverTest.class.getClassLoader()) {
            @Override
            protected Class<?> loadClass(String wanted, boolean resolve) throws ClassNotFoundException {
                if (!wanted.equals(name)) {
                    return super.loadClass(wanted, resolve);
                }
                synchronized (getClassLoadingLock(wanted)) {
                    Class<?> loaded = findLoadedClass(wanted);
                    return loaded != null ? loaded : defineClass(wanted, bytes, 0, bytes.length);
                }
            }
        };
        return Class.forName(name, true, loader).getDeclaredConstructor().newInstance();
    }

    /** A data source as an old compiler made it: without frames, its body storing into the place of {@code this}. */
    private static byte[] old(int version) throws IOException {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        new ClassReader(bytes(OddSources.Failing.class))
                .accept(
                        new ClassVisitor(Opcodes.ASM9, writer) {
                            @Override
                            public void visit(
                                    int ignored,
                                    int access,
                                    String name,
                                    String signature,
                                    String superName,
                                    String[] interfaces) {
                                super.visit(version, access, "com/acme/Old", null, superName, interfaces);
                            }

                            @Override
                            public void visitInnerClass(String name, String outer, String inner, int access) {}

                            @Override
                            public void visitNestHost(String host) {}

                            @Override
                            public MethodVisitor visitMethod(
                                    int access, String name, String descriptor, String signature, String[] exceptions) {
                                MethodVisitor next = super.visitMethod(access, name, descriptor, null, exceptions);
                                if (!name.equals("getConnection") && !name.equals("<init>")) {
                                    next.visitCode();
                                    next.visitInsn(Opcodes.ACONST_NULL);
                                    next.visitInsn(Opcodes.ATHROW);
                                    next.visitMaxs(0, 0);
                                    next.visitEnd();
                                    return null;
                                }
                                if (name.equals("getConnection")) {
                                    next.visitCode();
                                    next.visitInsn(Opcodes.ACONST_NULL);
                                    next.visitVarInsn(Opcodes.ASTORE, 0);
                                    next.visitVarInsn(Opcodes.ALOAD, 0);
                                    next.visitInsn(Opcodes.ARETURN);
                                    next.visitMaxs(0, 0);
                                    next.visitEnd();
                                    return null;
                                }
                                return next;
                            }
                        },
                        ClassReader.SKIP_FRAMES | ClassReader.SKIP_DEBUG);
        return writer.toByteArray();
    }
}
