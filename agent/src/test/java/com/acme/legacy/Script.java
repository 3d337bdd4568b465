package com.acme.legacy;

import java.sql.BatchUpdateException;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.util.Arrays;

/** Prints what an application sees, one line per step: the result, or the exception with everything that belongs to it. */
public final class Script {

    /** Something the application does; what it returns is printed. */
    public interface Step {
        Object run() throws Exception;
    }

    private static final int MOST_CAUSES = 5;

    private final String section;

    public Script(String section) {
        this.section = section;
    }

    /** Prints the outcome in full. */
    public void step(String name, Step step) {
        String outcome;
        try {
            outcome = text(step.run());
        } catch (Throwable failure) {
            outcome = "threw " + describe(failure, 0);
        }
        print(name, outcome);
    }

    /** Does it twice, so that nothing remembered from the first time can hide. */
    public void twice(String name, Step step) {
        step(name, step);
        step(name + ", again", step);
    }

    /** Prints the outcome, of an exception only SQLState and code: drivers say "closed" in more than one way. */
    public void refusal(String name, Step step) {
        String outcome;
        try {
            outcome = text(step.run());
        } catch (SQLException failure) {
            outcome = "SQLException " + failure.getSQLState() + " " + failure.getErrorCode();
        } catch (Throwable failure) {
            outcome = "threw " + describe(failure, 0);
        }
        print(name, outcome);
    }

    /** Prints a number that is not compared line by line, as physical connections are. */
    public void count(String name, Object value) {
        System.out.println("# " + section + " | " + name + ": " + value);
    }

    private void print(String name, String outcome) {
        System.out.println(
                section + " | " + name + ": " + outcome.replace("\r", "").replace("\n", " / "));
    }

    private static String text(Object value) {
        if (value instanceof Object[] array) {
            return Arrays.deepToString(array);
        }
        return value instanceof int[] numbers ? Arrays.toString(numbers) : String.valueOf(value);
    }

    private static String describe(Throwable failure, int depth) {
        StringBuilder text = new StringBuilder(failure.getClass().getName());
        SQLException sql = failure instanceof SQLException ofDatabase ? ofDatabase : null;
        if (sql != null) {
            text.append('[')
                    .append(sql.getSQLState())
                    .append(' ')
                    .append(sql.getErrorCode())
                    .append(']');
        }
        if (failure instanceof BatchUpdateException batch) {
            text.append(Arrays.toString(batch.getUpdateCounts()));
        }
        if (failure instanceof SQLClientInfoException info) {
            text.append(info.getFailedProperties());
        }
        text.append(' ').append(failure.getMessage());
        if (depth == MOST_CAUSES) {
            return text.append(" ...").toString();
        }
        if (failure.getCause() != null) {
            text.append("; caused by ").append(describe(failure.getCause(), depth + 1));
        }
        if (sql != null && sql.getNextException() != null) {
            text.append("; next ").append(describe(sql.getNextException(), depth + 1));
        }
        for (Throwable suppressed : failure.getSuppressed()) {
            text.append("; suppressed ").append(describe(suppressed, depth + 1));
        }
        return text.toString();
    }
}
