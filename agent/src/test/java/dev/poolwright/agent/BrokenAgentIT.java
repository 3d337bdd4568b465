package dev.poolwright.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.EveryEntry;
import com.acme.Hello;
import com.acme.TwoConnections;
import java.nio.file.Path;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.h2.Driver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever of ours fails, the application runs as without us and one line says so: damaged copies of the real jar. */
@ParameterizedClass
@MethodSource("dev.poolwright.agent.ForkedJvm#jdks")
class BrokenAgentIT {

    private static final String GATE = "inst/dev/poolwright/gate/Gate.classdata";
    private static final String NOT_ACTIVE = "\\[poolwright] WARN not active, the application runs without it: .*\\n";

    private final Path jdk;

    @TempDir
    Path folder;

    BrokenAgentIT(Path jdk) {
        this.jdk = jdk;
    }

    @Test
    void without_its_start() throws Exception {
        Path jar = Jars.damaged(folder, "inst/dev/poolwright/agent/AgentStart.classdata", null);

        ForkedJvm.Outcome outcome = ForkedJvm.on(jdk).agent(jar, "").run(Hello.class);

        assertThat(outcome.out()).isEqualTo("hello\n");
        assertThat(outcome.err()).matches(NOT_ACTIVE);
    }

    @Test
    void without_its_weaving() throws Exception {
        Path jar = Jars.damaged(folder, "inst/dev/poolwright/weave/Weaving.classdata", null);

        assertPlainWithLine(jar, NOT_ACTIVE);
    }

    @Test
    void without_the_hook() throws Exception {
        Path jar = Jars.damaged(folder, "inst/java/sql/PoolwrightHook.classdata", null);

        assertPlainWithLine(jar, NOT_ACTIVE);
    }

    @Test
    void without_the_gate() throws Exception {
        Path jar = Jars.damaged(folder, GATE, null);

        assertPlainWithLine(jar, NOT_ACTIVE);
    }

    @Test
    void with_a_gate_that_is_no_class() throws Exception {
        Path jar = Jars.damaged(folder, GATE, new byte[] {1, 2, 3});

        assertPlainWithLine(jar, NOT_ACTIVE);
    }

    @Test
    void with_a_weaver_that_cannot_weave_driver_manager() throws Exception {
        Path jar = Jars.damaged(folder, "inst/dev/poolwright/weave/DriverManagerWeaver$Worker.classdata", null);

        assertPlainWithLine(
                jar, "\\[poolwright] WARN could not weave java\\.sql\\.DriverManager, its connections .*\\n");
    }

    @Test
    void with_a_gate_that_always_throws() throws Exception {
        Path jar = Jars.damaged(folder, GATE, alwaysThrowing(Jars.read(ForkedJvm.AGENT_JAR, GATE)));

        assertPlainWithLine(jar, "\\[poolwright] WARN .*accident in enterDriverManager, .*planted.*\\n");

        ForkedJvm.Outcome outcome =
                ForkedJvm.on(jdk).agent(jar, "").classPathOf(Driver.class).run(EveryEntry.class);
        assertThat(outcome.out()).isEqualTo("No suitable driver found for jdbc:nobody:knows\ndone\n");
        assertThat(outcome.exitCode()).isZero();
    }

    private void assertPlainWithLine(Path jar, String line) throws Exception {
        ForkedJvm.Outcome outcome =
                ForkedJvm.on(jdk).agent(jar, "").classPathOf(Driver.class).run(TwoConnections.class);

        assertThat(outcome.out()).isEqualTo("1\n2\n");
        assertThat(outcome.err()).matches(line);
        assertThat(outcome.exitCode()).isZero();
    }

    /** The same gate, but every method that the hook calls throws, except the one that hears of it. */
    private static byte[] alwaysThrowing(byte[] gate) {
        ClassReader reader = new ClassReader(gate);
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        reader.accept(
                new ClassVisitor(Opcodes.ASM9, writer) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access, String name, String descriptor, String signature, String[] exceptions) {
                        MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
                        boolean calledByHook = (access & Opcodes.ACC_PROTECTED) != 0 && !name.equals("suppressed");
                        return calledByHook ? new Throwing(next) : next;
                    }
                },
                0);
        return writer.toByteArray();
    }

    private static final class Throwing extends MethodVisitor {

        private final MethodVisitor body;

        Throwing(MethodVisitor body) {
            super(Opcodes.ASM9);
            this.body = body;
        }

        @Override
        public void visitCode() {
            String type = "java/lang/IllegalStateException";
            body.visitCode();
            body.visitTypeInsn(Opcodes.NEW, type);
            body.visitInsn(Opcodes.DUP);
            body.visitLdcInsn("planted");
            body.visitMethodInsn(Opcodes.INVOKESPECIAL, type, "<init>", "(Ljava/lang/String;)V", false);
            body.visitInsn(Opcodes.ATHROW);
            body.visitMaxs(0, 0);
            body.visitEnd();
        }
    }
}
