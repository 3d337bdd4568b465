/**
 * Sessions: which of other people's libraries are open, which were never closed, and what each flush had to do. Knows the
 * libraries by the names of a few methods only, never at compile time. Uses {@code leak}, {@code event} and {@code time}.
 * Start at {@code LibrarySessions}, which woven code calls, then a {@code Library}, then {@code SessionWatch}.
 */
package dev.poolwright.session.library;
