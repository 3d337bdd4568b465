package dev.poolwright.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which commands are tools of the JDK: the flag reaches them through JAVA_TOOL_OPTIONS. */
class JdkToolTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java.base/sun.security.tools.keytool.Main -list",
                "jdk.jcmd/sun.tools.jcmd.JCmd -l",
                "jdk.compiler/com.sun.tools.javac.Main A.java",
                "java.rmi/sun.rmi.registry.RegistryImpl",
                "sun.tools.jps.Jps",
                "jdk.internal.jshell.tool.JShellToolProvider",
                "com.sun.tools.javac.Main"
            })
    void tool(String command) {
        assertThat(Agent.isJdkTool(command)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "com.acme.Main --with args/and=more",
                "/opt/sun.tools/app.jar",
                "sun/app.jar start",
                "com.acme.app/com.acme.Main",
                "jdk.compiler/com.sun.tools.javac.launcher.Main Legacy.java",
                ""
            })
    void application(String command) {
        assertThat(Agent.isJdkTool(command)).isFalse();
    }
}
