package dev.poolwright.dialect;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The servers a URL names: one, or several that stand in for each other. User information is dropped on reading.
 *
 * <p>Reads {@code host}, {@code host:port}, {@code [::1]:port}, {@code user:password@host}, several of them with commas
 * between, and MySQL's {@code address=(host=..)(port=..)}, {@code (host=..,port=..)} and {@code [host,host]}.
 */
final class Servers {

    private final List<String> hosts = new ArrayList<>(1);
    private final List<Integer> ports = new ArrayList<>(1);

    /**
     * @param authority   what stands between {@code //} and the next slash
     * @param defaultPort of a server for which none is named, or -1
     */
    Servers(String authority, int defaultPort) {
        read(authority, defaultPort);
        if (hosts.isEmpty()) {
            add("", null, defaultPort);
        }
    }

    /** The server, or all of them with commas between; with their ports only where these differ. */
    String host() {
        if (port() >= 0 || hosts.size() == 1) {
            return String.join(",", hosts);
        }
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < hosts.size(); i++) {
            all.append(i == 0 ? "" : ",").append(hosts.get(i));
            if (ports.get(i) >= 0) {
                all.append(':').append(ports.get(i));
            }
        }
        return all.toString();
    }

    /** The port of all of them, or -1. */
    int port() {
        int first = ports.get(0);
        for (int port : ports) {
            if (port != first) {
                return -1;
            }
        }
        return first;
    }

    /** As in a URL, with the ports that are not the usual one. */
    String text(int usualPort) {
        int port = port();
        return port < 0 || port == usualPort ? host() : host().replace(",", ":" + port + ",") + ":" + port;
    }

    private void read(String list, int defaultPort) {
        int depth = 0;
        int start = 0;
        for (int i = 0; i <= list.length(); i++) {
            char c = i == list.length() ? ',' : list.charAt(i);
            if (c == '(' || c == '[') {
                depth++;
            } else if (c == ')' || c == ']') {
                depth--;
            } else if (c == ',' && (depth == 0 || i == list.length())) {
                readOne(list.substring(start, i), defaultPort);
                start = i + 1;
            }
        }
    }

    private void readOne(String text, int defaultPort) {
        String part = text.substring(text.lastIndexOf('@') + 1);
        if (part.startsWith("(") || part.toLowerCase(Locale.ROOT).startsWith("address=")) {
            String host = value(part, "host");
            if (host == null && part.startsWith("(") && part.endsWith(")") && part.indexOf('=') < 0) {
                read(part.substring(1, part.length() - 1), defaultPort);
            } else {
                add(host == null ? "" : host, value(part, "port"), defaultPort);
            }
        } else if (part.startsWith("[") && part.indexOf(',') >= 0) {
            read(part.substring(1, Math.max(1, part.lastIndexOf(']'))), defaultPort);
        } else {
            int colon = part.lastIndexOf(':');
            boolean hasPort = colon > part.lastIndexOf(']');
            add(hasPort ? part.substring(0, colon) : part, hasPort ? part.substring(colon + 1) : null, defaultPort);
        }
    }

    private void add(String host, @Nullable String port, int defaultPort) {
        hosts.add(host.isEmpty() ? "localhost" : host);
        ports.add(port(port, defaultPort));
    }

    /** What {@code name} is set to in {@code (host=db)(port=3306)}, Oracle's descriptors and the like, or null. */
    static @Nullable String value(String text, String name) {
        String lower = text.toLowerCase(Locale.ROOT);
        for (int at = lower.indexOf(name); at >= 0; at = lower.indexOf(name, at + 1)) {
            int equals = skipBlanks(text, at + name.length());
            boolean begins = at == 0 || "(,; ".indexOf(text.charAt(at - 1)) >= 0;
            if (begins && equals < text.length() && text.charAt(equals) == '=') {
                int end = equals + 1;
                while (end < text.length() && "),;".indexOf(text.charAt(end)) < 0) {
                    end++;
                }
                return text.substring(equals + 1, end).trim();
            }
        }
        return null;
    }

    private static int skipBlanks(String text, int from) {
        int i = from;
        while (i < text.length() && text.charAt(i) == ' ') {
            i++;
        }
        return i;
    }

    static int port(@Nullable String digits, int otherwise) {
        if (digits != null) {
            try {
                return Integer.parseInt(digits);
            } catch (NumberFormatException noPort) {
                return otherwise;
            }
        }
        return otherwise;
    }
}
