package dev.poolwright.agent;

import dev.poolwright.gate.GateLog;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where the agent speaks: what an operator must know as one line on stderr, everything in the log file if there is one.
 *
 * <p>Writes to the process's own stderr, not to {@code System.err}: an application may have led that into its logging,
 * and its logging into a database. Uses no logging library, none may be loaded this early. Any thread may call; nothing
 * here throws.
 */
public final class AgentLog implements GateLog {

    private final Object lock = new Object();
    private final OutputStream stderr = new FileOutputStream(FileDescriptor.err);
    private final @Nullable String path;
    private @Nullable OutputStream file; // guarded by lock; opened at the first line
    private boolean fileFailed; // guarded by lock

    /** @param path the log file, appended to; null = none */
    public AgentLog(@Nullable String path) {
        this.path = path;
    }

    /** Something was taken from the application or will be, or an accident of ours. */
    @Override
    public void warn(String fact) {
        toStderr(fact);
        toFile("WARN " + fact, null);
    }

    /** As {@link #warn(String)}; the stack goes to the file only. */
    @Override
    public void warn(String fact, Throwable cause) {
        toStderr(fact + ": " + cause);
        toFile("WARN " + fact, cause);
    }

    /** What somebody asked to see on stderr, without a mark of ours. */
    @Override
    public void show(String line) {
        write(line);
    }

    /** What happens as it should, for the file only. */
    @Override
    public void info(String fact) {
        toFile("INFO " + fact, null);
    }

    /** Whether {@link #info} goes anywhere: lets callers skip making the line. */
    public boolean hasFile() {
        return path != null;
    }

    private void toStderr(String fact) {
        write("[poolwright] WARN " + oneLine(fact));
    }

    private void write(String text) {
        byte[] line = (text + System.lineSeparator()).getBytes(Charset.defaultCharset());
        try {
            stderr.write(line);
        } catch (IOException closed) {
            // Nobody is listening any more.
        }
    }

    private void toFile(String line, @Nullable Throwable cause) {
        if (path == null) {
            return;
        }
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        out.print(Instant.now()); // in UTC, and no zone is looked up
        out.print(' ');
        out.println(line);
        if (cause != null) {
            cause.printStackTrace(out);
        }
        out.flush();
        byte[] bytes = text.toString().getBytes(Charset.defaultCharset());
        synchronized (lock) {
            if (fileFailed) {
                return;
            }
            try {
                if (file == null) {
                    file = new FileOutputStream(path, true);
                }
                file.write(bytes);
            } catch (IOException unwritable) {
                fileFailed = true;
                toStderr("cannot write the log file " + path + ": " + unwritable.getMessage());
            }
        }
    }

    private static String oneLine(String fact) {
        return fact.replace('\r', ' ').replace('\n', ' ');
    }
}
