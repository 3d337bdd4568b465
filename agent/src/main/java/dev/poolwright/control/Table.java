package dev.poolwright.control;

import java.util.ArrayList;
import java.util.List;

/**
 * Lines of columns for a terminal: numbers to the right, the rest to the left. What the application named is shown as text,
 * whatever is in it: no control character reaches the terminal.
 */
final class Table {

    private final List<String[]> rows = new ArrayList<>();

    Table(String... head) {
        rows.add(head);
    }

    void row(Object... cells) {
        String[] row = new String[cells.length];
        for (int i = 0; i < cells.length; i++) {
            row[i] = harmless(String.valueOf(cells[i]));
        }
        rows.add(row);
    }

    boolean isEmpty() {
        return rows.size() == 1;
    }

    void appendTo(StringBuilder out) {
        int columns = rows.get(0).length;
        int[] widths = new int[columns];
        boolean[] numbers = new boolean[columns];
        for (int column = 0; column < columns; column++) {
            numbers[column] = rows.size() > 1;
            for (int row = 0; row < rows.size(); row++) {
                String cell = rows.get(row)[column];
                widths[column] = Math.max(widths[column], cell.length());
                numbers[column] &= row == 0 || isNumber(cell);
            }
        }
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < columns; column++) {
                String pad = spaces(widths[column] - row[column].length());
                line.append(numbers[column] ? pad + row[column] : row[column] + pad)
                        .append("  ");
            }
            out.append(trimmedRight(line)).append('\n');
        }
    }

    private static boolean isNumber(String cell) {
        return !cell.isEmpty() && (Character.isDigit(cell.charAt(0)) || cell.equals("-"));
    }

    private static String spaces(int count) {
        StringBuilder spaces = new StringBuilder();
        for (int i = 0; i < count; i++) {
            spaces.append(' ');
        }
        return spaces.toString();
    }

    private static String trimmedRight(StringBuilder line) {
        int end = line.length();
        while (end > 0 && line.charAt(end - 1) == ' ') {
            end--;
        }
        return line.substring(0, end);
    }

    /** The same text with a question mark for each character that a terminal might obey. */
    static String harmless(String text) {
        StringBuilder out = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
                if (out == null) {
                    out = new StringBuilder(text);
                }
                out.setCharAt(i, c == '\n' || c == '\t' ? ' ' : '?');
            }
        }
        return out == null ? text : out.toString();
    }
}
