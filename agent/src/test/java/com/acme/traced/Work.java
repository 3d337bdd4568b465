package com.acme.traced;

/** What a request does; says how it went. */
public interface Work {
    String run();
}
