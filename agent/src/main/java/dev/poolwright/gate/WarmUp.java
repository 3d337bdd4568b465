package dev.poolwright.gate;

import dev.poolwright.engine.Engine;
import dev.poolwright.jdbc.generate.Rehearsal;

/**
 * Loads what the first connection will need, beside the application's thread: that is busy with its driver for long
 * enough. On a machine with one processor it would only be in the way.
 */
public final class WarmUp extends Thread {

    private final GateLog log;

    private WarmUp(GateLog log) {
        super("poolwright-warm-up");
        this.log = log;
        setDaemon(true);
        setContextClassLoader(null);
    }

    /** May run inside a transformer, before the hook exists: nothing here loads DriverManager or waits for anybody. */
    public static void begin(GateLog log) {
        if (Runtime.getRuntime().availableProcessors() > 1) {
            new WarmUp(log).start();
        }
    }

    @Override
    public void run() {
        try {
            Rehearsal.run();
            Engine.rehearse();
        } catch (RuntimeException | Error failure) {
            log.info("warm-up: " + failure);
        }
    }
}
