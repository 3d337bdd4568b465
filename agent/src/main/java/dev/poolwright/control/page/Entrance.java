package dev.poolwright.control.page;

import com.sun.net.httpserver.Headers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who may come in. The page itself is for any browser on this machine: it says nothing. All that says something is for whoever has
 * the token, and never for another site in that browser: neither by a request of its own nor by a name that leads here.
 */
final class Entrance {

    private static final String BEARER = "Bearer ";

    private final String[] hosts;
    private final String token;

    Entrance(int port, String token) {
        // Not localhost: that may lead to [::1] first, where somebody else can listen at the same port.
        this.hosts = port == 80 ? new String[] {"127.0.0.1:80", "127.0.0.1"} : new String[] {"127.0.0.1:" + port};
        this.token = token;
    }

    /** Why nobody is let in who calls us by that name; null = by ours. A name that was made to lead here is not. */
    @Nullable
    Refusal byName(Headers headers) {
        return ourName(headers) == null ? new Refusal(403, "this page is at http://" + hosts[0] + "/ only") : null;
    }

    /** Why this is not answered; null = it is. For all but the page. */
    @Nullable
    Refusal toSecrets(Headers headers) {
        String site = headers.getFirst("Sec-Fetch-Site");
        String origin = headers.getFirst("Origin");
        if ((site != null && !site.equals("same-origin"))
                || (origin != null && !origin.equals("http://" + ourName(headers)))) {
            return new Refusal(403, "another site is not let in");
        }
        String said = headers.getFirst("Authorization");
        if (said == null || !said.startsWith(BEARER) || !Token.same(token, said.substring(BEARER.length()))) {
            return new Refusal(401, "that is not the token of this JVM: it is in the link on its stderr");
        }
        return null;
    }

    /** How we are called; null if not as we are, or in two ways. */
    private @Nullable String ourName(Headers headers) {
        List<String> said = headers.get("Host");
        if (said != null && said.size() == 1) {
            for (String host : hosts) {
                if (host.equalsIgnoreCase(said.get(0))) {
                    return host;
                }
            }
        }
        return null;
    }

    /** A status of HTTP and a sentence. */
    static final class Refusal {

        final int status;
        final String sentence;

        Refusal(int status, String sentence) {
            this.status = status;
            this.sentence = sentence;
        }
    }
}
