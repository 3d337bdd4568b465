package dev.poolwright.agent.compat;

import com.acme.compat.Kind;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A difference that is known, and why it is one.
 *
 * @param scenario pattern of {@code Subject.scenario}
 * @param step     pattern of the step
 * @param plain    pattern of the outcome without the agent
 * @param agent    pattern of the outcome with it; {@code {plain}} in it is the outcome without
 * @param reason   a sentence for the page; one that begins with {@value #DEFECT} is to be mended
 */
record Difference(Set<Kind> kinds, Pattern scenario, Pattern step, Pattern plain, String agent, String reason) {

    static final String DEFECT = "DEFECT: ";

    /** Where connections are lent again. */
    static final Set<Kind> POOLED = EnumSet.of(Kind.H2, Kind.H2_EMBEDDED, Kind.POSTGRES, Kind.MARIADB);

    static final Set<Kind> ON_H2 = EnumSet.of(Kind.H2, Kind.H2_EMBEDDED);

    static Difference known(Set<Kind> kinds, String scenario, String step, String plain, String agent, String reason) {
        return new Difference(
                kinds, Pattern.compile(scenario), Pattern.compile(step), Pattern.compile(plain), agent, reason);
    }

    boolean explains(Unlike unlike) {
        return kinds.contains(unlike.kind())
                && scenario.matcher(unlike.scenario()).matches()
                && step.matcher(unlike.step()).matches()
                && plain.matcher(unlike.plain()).matches()
                && unlike.agent().matches(agent.replace("{plain}", Pattern.quote(unlike.plain())));
    }

    boolean isDefect() {
        return reason.startsWith(DEFECT);
    }
}
