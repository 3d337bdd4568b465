package dev.poolwright.gate;

/** Where the gate speaks. Any thread may call; nothing here throws. */
public interface GateLog {

    /** Something was taken from the application or will be, or an accident of ours: a line for the operator. */
    void warn(String fact);

    /** As {@link #warn(String)}, with what caused it. */
    void warn(String fact, Throwable cause);

    /** What somebody asked to see, as it is. */
    void show(String line);

    /** What happens as it should. */
    void info(String fact);
}
