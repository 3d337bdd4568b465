/** Databases that refuse, freeze, restart and die, and what an engine makes of it. */
package dev.poolwright.trouble;
