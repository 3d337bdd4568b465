package com.acme.program;

import dev.poolwright.session.ScopedSession;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.sql.SQLException;

/** Ends the session of each request. */
final class SessionFilter implements Filter {

    private final ScopedSession scoped;

    SessionFilter(ScopedSession scoped) {
        this.scoped = scoped;
    }

    @Override
    // docs
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        try {
            chain.doFilter(request, response);
        } finally {
            try {
                scoped.remove(); // what nobody committed is rolled back
            } catch (SQLException lost) {
                log("the database could not be told to roll back, and will do so itself", lost);
            }
        }
    }
    // end

    private static void log(String line, SQLException failure) {
        throw new IllegalStateException(line, failure);
    }
}
