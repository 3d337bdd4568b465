/**
 * A legacy application by its habits: what it does with connections of any database, and what it sees. It knows nothing
 * of Poolwright; each step prints one line, to be compared between two runs. Start at {@link com.acme.legacy.Script}.
 */
package com.acme.legacy;
