package dev.poolwright.config;

/** Where a value was set, strongest first. */
public enum Origin {
    /** {@code java -jar poolwright.jar set PID pool.size=10}, or JMX, while the JVM runs. */
    COMMAND("command"),
    /** {@code -javaagent:poolwright.jar=pool.size=10}. */
    AGENT_ARGUMENT("agent argument"),
    /** {@code -Dpoolwright.pool.size=10}. */
    SYSTEM_PROPERTY("system property"),
    /** {@code POOLWRIGHT_POOL_SIZE=10}. */
    ENVIRONMENT("environment"),
    /** {@code pool.size=10} in the file of {@link Setting#CONFIG}. */
    FILE("file"),
    /** Nowhere. */
    DEFAULT("default");

    private final String text;

    Origin(String text) {
        this.text = text;
    }

    /** For people: {@code agent argument}. */
    @Override
    public String toString() {
        return text;
    }
}
