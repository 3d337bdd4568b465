package dev.poolwright.config;

import java.util.Collection;
import java.util.Locale;

/** Finds what somebody meant who misspelt a name. Loaded only when somebody did. */
final class NearestName {

    private NearestName() {}

    /**
     * The known name that takes the fewest typing mistakes to become {@code written}, upper and lower case being the same.
     * Leaving out all but the last part ({@code size} for {@code pool.size}) counts as one mistake.
     *
     * @param known not empty
     */
    static String of(String written, Collection<String> known) {
        String wanted = written.toLowerCase(Locale.ROOT);
        String nearest = "";
        int fewest = Integer.MAX_VALUE;
        for (String name : known) {
            String candidate = name.toLowerCase(Locale.ROOT);
            String lastPart = candidate.substring(candidate.lastIndexOf('.') + 1);
            int mistakes = mistakes(wanted, candidate);
            if (lastPart.length() < candidate.length()) {
                mistakes = Math.min(mistakes, 1 + mistakes(wanted, lastPart));
            }
            if (mistakes < fewest || (mistakes == fewest && name.compareTo(nearest) < 0)) {
                fewest = mistakes;
                nearest = name;
            }
        }
        return nearest;
    }

    /** Levenshtein's distance: characters to insert, delete or replace. */
    private static int mistakes(String a, String b) {
        int[] above = new int[b.length() + 1];
        for (int j = 0; j < above.length; j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, 1 + Math.min(above[j], row[j - 1]));
            }
            above = row;
        }
        return above[b.length()];
    }
}
