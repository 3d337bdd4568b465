/**
 * The pools that are compared, each set up as its manual says and filled before it is measured. One file each; they are
 * listed in {@link dev.poolwright.bench.rivals.Rivals}.
 */
package dev.poolwright.bench.rivals;
