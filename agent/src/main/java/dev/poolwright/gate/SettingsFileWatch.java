package dev.poolwright.gate;

import dev.poolwright.config.Mode;
import dev.poolwright.config.Setting;
import dev.poolwright.config.Settings;
import dev.poolwright.house.Housekeeper;
import dev.poolwright.house.Ticked;
import java.io.File;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks now and then whether the settings file is another one, and has what it says count. Has no thread: it is the
 * housekeeper's chore, which rests while no connection is open; while the file itself has switched everything off it does not.
 * Loaded only where there is such a file.
 */
final class SettingsFileWatch implements Runnable, Ticked, Operation.Change {

    private final File file;
    private final Housekeeper.Watch watch = Housekeeper.shared().watch(this);

    /** As it was read; not known at first: it may have changed since the JVM has started. */
    private long modified = -1;

    private long length = -1;

    /** As it was at the look before: who writes it may not be done. */
    private long seenModified;

    private long seenLength;
    private boolean missed;

    private SettingsFileWatch(File file) {
        this.file = file;
    }

    static void start(String path) {
        Housekeeper.shared().nowAndThen(new SettingsFileWatch(new File(path)));
    }

    @Override
    public void run() {
        Operation operation = Operation.current();
        long newModified = file.lastModified();
        long newLength = file.length();
        if (operation == null || (newModified == modified && newLength == length)) {
            return;
        }
        if (!file.isFile() || !file.canRead()) {
            if (!missed) {
                missed = true;
                operation.warn(file + " is not there any more, or cannot be read: what it said stays in force");
            }
            return;
        }
        missed = false;
        if (newModified != seenModified || newLength != seenLength) {
            seenModified = newModified;
            seenLength = newLength;
            return;
        }
        Settings before = operation.settings();
        try {
            operation.apply(this);
        } catch (IllegalStateException suspended) {
            return; // once it is resumed
        }
        modified = newModified;
        length = newLength;
        Settings changed = operation.settings();
        List<String> problems = new ArrayList<>(changed.problems());
        problems.removeAll(before.problems());
        for (String problem : problems) {
            operation.warn(problem);
        }
        if (changed.get(Setting.MODE) == Mode.OFF) {
            watch.start(); // nothing will be open, and it has to be seen when that is taken back
        }
    }

    @Override
    public Settings of(Settings before) {
        return before.again();
    }

    @Override
    public long tick(long nowNanos) {
        Operation operation = Operation.current();
        if (operation != null && operation.settings().get(Setting.MODE) == Mode.OFF) {
            return 1;
        }
        watch.clock().stop();
        return 0;
    }
}
