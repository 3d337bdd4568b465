package dev.poolwright.control.page;

import dev.poolwright.control.Answer;
import dev.poolwright.control.Changes;
import dev.poolwright.engine.Engine;
import dev.poolwright.gate.Operation;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What can be done from the page, to one engine at a time: {@code resize}, {@code dispose}, {@code drop-idle}. Any thread. */
final class Orders {

    private static final Pattern SIZES = Pattern.compile(
            "\\s*\\{\\s*\"size\"\\s*:\\s*(-?\\d{1,9})\\s*,\\s*\"overflow\"\\s*:\\s*(-?\\d{1,9})\\s*}\\s*");

    private final Operation operation;

    Orders(Operation operation) {
        this.operation = operation;
    }

    static boolean isOrder(String word) {
        return word.equals("resize") || word.equals("dispose") || word.equals("drop-idle");
    }

    /**
     * Does it, if there is such an engine.
     *
     * @param body of {@code resize}: {@code {"size": 10, "overflow": 20}}, -1 = no limit; of others it does not matter
     */
    Answer carriedOut(String engine, String order, String body) {
        if (!isThere(engine)) { // "all" is for the command line: here nothing happens to what is not on show
            return Answer.refused("there is no engine of that name any more");
        }
        Changes changes = new Changes(operation);
        if (order.equals("dispose")) {
            return changes.dispose(engine);
        }
        if (order.equals("drop-idle")) {
            return changes.dropIdle(engine);
        }
        Matcher sizes = SIZES.matcher(body);
        return sizes.matches()
                ? changes.resize(engine + "=" + sizes.group(1) + "+" + sizes.group(2))
                : new Answer(Answer.USAGE, "sizes are written {\"size\": 10, \"overflow\": 20}");
    }

    private boolean isThere(String name) {
        for (Engine engine : operation.engines().all()) {
            if (engine.info().name().equals(name)) {
                return true;
            }
        }
        return false;
    }
}
