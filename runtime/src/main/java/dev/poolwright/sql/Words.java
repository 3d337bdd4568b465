package dev.poolwright.sql;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * A set of words in lower case. Immutable.
 *
 * <p>Written as lines of words with blanks between, so that a list reads like one.
 */
public final class Words {

    private final Set<String> words = new HashSet<>();

    private Words() {}

    /** The words of all {@code lines}. */
    public static Words of(String... lines) {
        Words made = new Words();
        for (String line : lines) {
            made.add(line);
        }
        return made;
    }

    /** These and those of {@code lines}. */
    public Words and(String... lines) {
        Words made = of(lines);
        made.words.addAll(words);
        return made;
    }

    private void add(String line) {
        int start = 0;
        while (start < line.length()) {
            int blank = line.indexOf(' ', start);
            int end = blank < 0 ? line.length() : blank;
            if (end > start) {
                words.add(line.substring(start, end));
            }
            start = end + 1;
        }
    }

    /** Whether {@code word}, in lower case, is one of them. */
    public boolean contains(String word) {
        return words.contains(word);
    }

    /**
     * {@code word} in lower case as databases fold it: one with a letter that is not ASCII stays as it is, so that it is
     * never taken for a word with the letter that it folds to.
     */
    static String fold(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (word.charAt(i) > 0x7e) {
                return word;
            }
        }
        return word.toLowerCase(Locale.ROOT);
    }
}
