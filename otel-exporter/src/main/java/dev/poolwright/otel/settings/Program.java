package dev.poolwright.otel.settings;

import org.jspecify.annotations.Nullable;

/** What the running program is called, where nobody gave it a service name. */
final class Program {

    private static final String UNKNOWN = "unknown_service:java";

    private Program() {}

    /**
     * {@code legacy} for {@code /opt/legacy.jar --fast}, {@code com.acme.Main} for {@code com.acme.Main x}.
     *
     * @param command the JVM's {@code sun.java.command}: jar or main class, then arguments, which are never used
     */
    static String name(@Nullable String command) {
        if (command == null || command.trim().isEmpty()) {
            return UNKNOWN;
        }
        int jar = command.indexOf(".jar");
        int space = command.indexOf(' ');
        boolean isJar = jar > 0 && (space < 0 || jar < space || !isClassName(command.substring(0, space)));
        String program = isJar ? command.substring(0, jar) : space < 0 ? command : command.substring(0, space);
        String name = program.substring(Math.max(program.lastIndexOf('/'), program.lastIndexOf('\\')) + 1);
        return name.isEmpty() ? UNKNOWN : name;
    }

    private static boolean isClassName(String text) {
        return text.chars().allMatch(c -> Character.isJavaIdentifierPart(c) || c == '.');
    }
}
