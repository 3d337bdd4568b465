package dev.poolwright.weave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Class files that no compiler writes and some obfuscator does: woven so that they load, or left alone. */
class OddClassFileTest {

    private static byte[] source(String name, int stack, int locals) {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V1_8, Opcodes.ACC_PUBLIC, name, null, "java/lang/Object", null);
        MethodVisitor code =
                writer.visitMethod(Opcodes.ACC_PUBLIC, "getConnection", "()Ljava/sql/Connection;", null, null);
        code.visitCode();
        Label end = new Label();
        code.visitInsn(Opcodes.ICONST_0);
        code.visitLookupSwitchInsn(end, new int[] {1_234_567, 7_654_321}, new Label[] {end, end});
        code.visitLabel(end);
        code.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
        code.visitInsn(Opcodes.ACONST_NULL);
        code.visitInsn(Opcodes.ARETURN);
        code.visitMaxs(stack, locals);
        code.visitEnd();
        writer.visitEnd();
        return writer.toByteArray();
    }

    private static byte[] woven(byte[] bytes) {
        return HandOutWeaver.woven(ClassFile.of(bytes));
    }

    @ParameterizedTest
    @ValueSource(strings = {"p/X\ud83d\ude00", "p/\ud800", "p/a\0b", "p/\u00e4\u4e2d"})
    void keeps_its_name_whatever_that_is(String name) throws Exception {
        byte[] woven = woven(source(name, 1, 1));

        Class<?> loaded = new ClassLoader(getClass().getClassLoader()) {
            Class<?> define() {
                return defineClass(null, woven, 0, woven.length);
            }
        }.define();

        assertThat(loaded.getName()).isEqualTo(name.replace('/', '.'));
        assertThat(loaded.getDeclaredMethods()).hasSize(1); // asking links it
    }

    @Test
    void is_left_alone_where_stack_or_variables_would_not_fit() {
        assertThat(woven(source("p/Wide", 65_000, 65_000))).isNotEmpty();
        assertThatThrownBy(() -> woven(source("p/Deep", 65_531, 1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("stack of 65536");
        assertThatThrownBy(() -> woven(source("p/Wide", 1, 65_534))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void is_left_alone_where_a_switch_makes_no_sense() {
        byte[] bytes = source("p/Switch", 1, 1);
        int cases = indexOf(bytes, new byte[] {0, 0, 0, 2, 0, 0x12, (byte) 0xd6, (byte) 0x87}) + 3;
        bytes[cases - 3] = -1;
        bytes[cases - 2] = -1;
        bytes[cases - 1] = -1;
        bytes[cases] = -3;

        assertThatThrownBy(() -> woven(bytes))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("-3 cases");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "getXAConnection ()Ljavax/sql/XAConnection;",
                "getXAConnection (Ljava/lang/String;Ljava/lang/String;)Ljavax/sql/XAConnection;",
                "getPooledConnection ()Ljavax/sql/PooledConnection;",
                "getPooledConnection (Ljava/lang/String;Ljava/lang/String;)Ljavax/sql/PooledConnection;"
            })
    void is_found_by_any_one_method(String method) {
        int blank = method.indexOf(' ');
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V1_8, Opcodes.ACC_PUBLIC, "p/Source", null, "java/lang/Object", null);
        MethodVisitor code = writer.visitMethod(
                Opcodes.ACC_PUBLIC, method.substring(0, blank), method.substring(blank + 1), null, null);
        code.visitCode();
        code.visitInsn(Opcodes.ACONST_NULL);
        code.visitInsn(Opcodes.ARETURN);
        code.visitMaxs(1, 3);
        code.visitEnd();
        writer.visitEnd();

        assertThat(HandOut.mayBeIn(writer.toByteArray())).isTrue();
        assertThat(HandOut.isIn(ClassFile.of(writer.toByteArray()))).isTrue();
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        for (int i = 0; i + part.length <= bytes.length; i++) {
            int same = 0;
            while (same < part.length && bytes[i + same] == part[same]) {
                same++;
            }
            if (same == part.length) {
                return i;
            }
        }
        throw new AssertionError("not there");
    }
}
