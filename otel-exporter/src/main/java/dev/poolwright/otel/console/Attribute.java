package dev.poolwright.otel.console;

import io.opentelemetry.api.common.Attributes;
import java.util.StringJoiner;

/** How attributes look in a line: {@code {name=value, ..}}, and a value's line breaks do not break it. */
final class Attribute {

    private Attribute() {}

    static void append(StringBuilder line, Attributes attributes) {
        if (attributes.isEmpty()) {
            return;
        }
        StringJoiner all = new StringJoiner(", ", " {", "}");
        attributes.forEach((key, value) ->
                all.add(key.getKey() + "=" + String.valueOf(value).replaceAll("\\s*\\R\\s*", " ")));
        line.append(all);
    }
}
