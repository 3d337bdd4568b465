/**
 * The threads of ours: one that ticks what has something to look after, and those that may wait for a server which never
 * answers. Uses {@code time}. Start at {@code Housekeeper}; its invariants are H1.., those of the others C1...
 */
package dev.poolwright.house;
