/**
 * Sessions for code that is being written: the scope of one or more transactions, a queue of changes that a flush sends in
 * batches, and scopes that find their session. No mapping of objects. Uses {@code event} and {@code time}, and any
 * {@code DataSource}. Start at {@code SessionFactory}; what watches the sessions of other people's libraries is in
 * {@code library}.
 */
package dev.poolwright.session;
