/**
 * Sessions: which of an ORM's are open, which were never closed, and what each flush had to do. Knows the ORM by the
 * names of a few methods only, never at compile time. Uses {@code leak}, {@code event} and {@code time}. Start at
 * {@code HibernateSessions}, which woven code calls, then {@code SessionWatch}.
 */
package dev.poolwright.session;
