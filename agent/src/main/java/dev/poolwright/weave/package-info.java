/**
 * Rewrites class files so that they call {@code java.sql.PoolwrightHook}: one class per rewritten type.
 *
 * <p>Uses the ASM inside byte-buddy and nothing else; loads no class of the application, so frames are written by hand
 * and only maximums are computed. A class that cannot be woven is left as it is. Start reading at
 * {@link dev.poolwright.weave.Weaving}, then {@link dev.poolwright.weave.AroundMethod}.
 */
package dev.poolwright.weave;
